import { useMemo, useRef } from 'react';
import { generatorById, generators } from '../../engine/generators/catalogue';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import { percentText } from '../../ui/numbers';
import { Segmented } from '../../ui/Segmented';
import { Select } from '../../ui/Select';
import { amountPlan } from './amountPlan';

/** Rows of the rare class, or rows whose causes put them at risk: what either does to this table, and by which generator. */
export function Regime() {
  const settings = useStudio((s) => s.project.generation);
  const target = useStudio((s) => s.project.target);
  const column = useStudio((s) => tableSummary(s)?.columns.find(({ name }) => name === s.project.target?.column));
  const store = useStudioStore();
  const { setGeneration } = store.getState();
  const generator = generatorById(settings.generator);
  const isExposure = generator.drawsTarget === true;
  // Switching there and back loses no choice.
  const lastOfCases = useRef(isExposure ? 'twins' : settings.generator);
  if (!isExposure) lastOfCases.current = settings.generator;
  const plan = useMemo(
    () => (target ? amountPlan(column, target, settings.amount) : null),
    [column, target, settings.amount],
  );
  const outcome = target ? `${target.column} = ${target.rareLevels.join(' or ')}` : 'the rare outcome';
  const options = generators.filter(({ drawsTarget }) => (drawsTarget === true) === isExposure);
  return (
    <>
      <div className="field">
        <span className="field-label">What there should be more of</span>
        <Segmented<'cases' | 'exposure'>
          label="What there should be more of"
          value={isExposure ? 'exposure' : 'cases'}
          options={[
            { value: 'cases', label: 'More cases' },
            { value: 'exposure', label: 'More exposure' },
          ]}
          onChange={(next) =>
            setGeneration({
              generator:
                next === 'cases' ? lastOfCases.current : generators.find(({ drawsTarget }) => drawsTarget === true)!.id,
            })
          }
        />
        <p className="field-hint">
          {isExposure
            ? `Causes are drawn like those of rows at risk, and “${target?.column ?? 'the outcome'}” by its own mechanism: most of these rows will still not have ${outcome}. The rare share of ${plan ? percentText(plan.shareBefore) : 'the table'} rises only as far as the causes allow, and a model trained on them stays calibrated.`
            : `Every new row has ${outcome}${plan ? `, as ${percentText(plan.shareBefore)} of the real rows have` : ''}. That is selection on the outcome: what holds among cases stays, but risks read off the new table are wrong unless its weights are used.`}
        </p>
      </div>
      {options.length > 1 ? (
        <Select
          label="Generator"
          value={settings.generator}
          options={options.map(({ id, label, usesMap }) => ({
            value: id,
            label: usesMap ? label : `${label} (baseline, ignores the map)`,
          }))}
          hint={generator.summary}
          onChange={(id) => setGeneration({ generator: id })}
        />
      ) : (
        <p className="field-hint">{generator.summary}</p>
      )}
    </>
  );
}
