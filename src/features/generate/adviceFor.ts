export interface AdviceFacts {
  readonly rareRows: number;
  readonly knownRows: number;
  /** Arrows into the target. */
  readonly causes: number;
  /** Independences of the map that the data refute. */
  readonly refuted: number;
  readonly isOnMap: boolean;
}

export interface AdviceLine {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** Fewer cases than this per cause of the target are too few to learn how the causes act. */
const CASES_PER_CAUSE = 10;

/** Plain sentences on what the numbers allow, the most important first. */
export function adviceFor({ rareRows, knownRows, causes, refuted, isOnMap }: AdviceFacts): readonly AdviceLine[] {
  if (!isOnMap) return [{ level: 'warning', text: 'The target is not on the map: add it and draw its causes first.' }];
  const lines: AdviceLine[] = [];
  if (rareRows < 10)
    lines.push({ level: 'warning', text: `Only ${rareRows} rare rows: nothing made from them can be validated.` });
  else if (causes > 0 && rareRows < CASES_PER_CAUSE * causes)
    lines.push({
      level: 'warning',
      text: `${rareRows} rare rows for ${causes} causes of the target is under ${CASES_PER_CAUSE} each: keep the distance small, or draw fewer causes.`,
    });
  else {
    const each = causes > 0 ? `, about ${Math.round(rareRows / causes)} for each of ${causes} causes` : '';
    lines.push({ level: 'info', text: `${rareRows} rare rows of ${knownRows}${each}: enough to learn from.` });
  }
  if (refuted > 0)
    lines.push({
      level: 'warning',
      text: `The data refute ${refuted} of the map's independences: look at the red ones on the map, or keep the distance small.`,
    });
  return lines;
}
