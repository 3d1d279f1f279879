import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { RedrawMap } from './RedrawMap';

/** Which columns get new values of their own; what follows from them is recomputed, all else is kept from the real row. */
export function RedrawSet() {
  const redraw = useStudio((s) => s.project.generation.redraw);
  const map = useStudio((s) => s.project.map);
  const selection = useStudio((s) => s.selection);
  const target = useStudio((s) => s.project.target?.column);
  const { setGeneration } = useStudioStore().getState();
  const names = map.nodes.filter(({ name, latent }) => !latent && name !== target).map(({ name }) => name);
  const chosen = new Set(redraw ?? names);
  const count = names.filter((name) => chosen.has(name)).length;
  const selected = selection.kind === 'map' ? names.filter((name) => selection.nodes.includes(name)) : [];
  const toggle = (name: string) => {
    const next = names.filter((one) => (one === name ? !chosen.has(one) : chosen.has(one)));
    setGeneration({ redraw: next.length === names.length ? null : next });
  };
  return (
    <details className="disclosure">
      <summary>
        Columns drawn anew:{' '}
        <span className="number">{count === names.length ? 'all' : `${count} of ${names.length}`}</span>
      </summary>
      <fieldset className="redraw">
        <legend className="field-hint">
          Ticked columns get new values of their own. What follows from them on the map is recomputed; everything else
          stays as in the real row.
        </legend>
        <RedrawMap map={map} target={target} chosen={chosen} onToggle={toggle} />
        <div className="redraw-names">
          {names.map((name) => (
            <label key={name} className="choice">
              <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
              <span className="truncate" title={name}>
                {name}
              </span>
            </label>
          ))}
        </div>
        <div className="row">
          <Button isSmall disabled={count === names.length} onClick={() => setGeneration({ redraw: null })}>
            Tick all
          </Button>
          <Button isSmall disabled={count === 0} onClick={() => setGeneration({ redraw: [] })}>
            Tick none
          </Button>
          {selected.length > 0 && (
            <Button isSmall onClick={() => setGeneration({ redraw: selected })}>
              Only those selected on the map ({selected.length})
            </Button>
          )}
        </div>
        {count === 0 && <p className="field-error">Tick at least one column: nothing would differ from real rows.</p>}
      </fieldset>
    </details>
  );
}
