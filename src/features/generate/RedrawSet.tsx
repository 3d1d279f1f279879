import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';

/** Which columns get new values of their own; what follows from them is recomputed, all else is kept from the real row. */
export function RedrawSet() {
  const redraw = useStudio((s) => s.project.generation.redraw);
  const nodes = useStudio((s) => s.project.map.nodes);
  const target = useStudio((s) => s.project.target?.column);
  const { setGeneration } = useStudioStore().getState();
  const names = nodes.filter(({ name, latent }) => !latent && name !== target).map(({ name }) => name);
  const chosen = new Set(redraw ?? names);
  const toggle = (name: string) => {
    const next = names.filter((one) => (one === name ? !chosen.has(one) : chosen.has(one)));
    setGeneration({ redraw: next.length === names.length ? null : next });
  };
  return (
    <fieldset className="stack">
      <legend className="muted">
        Columns that get new values; what follows from them is recomputed, the rest is kept.
      </legend>
      {names.map((name) => (
        <label key={name} className="choice">
          <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
          <span className="truncate" title={name}>
            {name}
          </span>
        </label>
      ))}
      <div className="row">
        <Button isSmall onClick={() => setGeneration({ redraw: null })}>
          All
        </Button>
        <Button isSmall onClick={() => setGeneration({ redraw: [] })}>
          None
        </Button>
      </div>
    </fieldset>
  );
}
