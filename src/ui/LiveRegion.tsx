interface LiveRegionProps {
  readonly text: string;
  /** Grows with every announcement, so that the same words twice are read twice. */
  readonly count: number;
}

/** The one polite live region of the page. */
export function LiveRegion({ text, count }: LiveRegionProps) {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {/* A no-break space that comes and goes makes equal texts different. */}
      {text}
      {count % 2 === 1 ? ' ' : ''}
    </div>
  );
}
