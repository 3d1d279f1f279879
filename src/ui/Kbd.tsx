/** A key or chord, such as "Shift+1", each key in its own cap. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="row" style={{ gap: 2, display: 'inline-flex' }}>
      {keys.split('+').map((key) => (
        <kbd key={key} className="kbd">
          {key}
        </kbd>
      ))}
    </span>
  );
}
