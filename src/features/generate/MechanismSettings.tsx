import { defaultNodeSettings, type EffectLimit, type NodeSettings } from '../../engine/project/nodeSettings';
import type { NodeFit } from '../../engine/scm/fittedModel';
import { useStudio } from '../../state/StudioProvider';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';

type Direction = 'free' | 'up' | 'down' | 'rises' | 'falls' | 'either';
const directions: readonly { value: Direction; label: string; limit: Pick<EffectLimit, 'sign' | 'monotone'> }[] = [
  { value: 'free', label: 'as the data say', limit: { sign: null, monotone: false } },
  { value: 'rises', label: 'rises on average', limit: { sign: '+', monotone: false } },
  { value: 'falls', label: 'falls on average', limit: { sign: '-', monotone: false } },
  { value: 'up', label: 'never falls', limit: { sign: '+', monotone: true } },
  { value: 'down', label: 'never rises', limit: { sign: '-', monotone: true } },
  { value: 'either', label: 'never turns round', limit: { sign: null, monotone: true } },
];

/** What the expert overrides in how one node is learned: used from the next run on. */
export function MechanismSettings({ fit }: { readonly fit: NodeFit }) {
  const known = useStudio((s) => s.project.mechanisms.find(({ node }) => node === fit.node));
  const edges = useStudio((s) => s.project.map.edges);
  const setNodeSettings = useStudio((s) => s.setNodeSettings);
  const settings = known ?? defaultNodeSettings(fit.node);
  const change = (patch: Partial<NodeSettings>) => setNodeSettings({ ...settings, ...patch });
  /** The demand on one arrow: the setting's, else what is said of the arrow on the map. */
  const limitOf = (parent: string): EffectLimit => {
    const own = settings.limits.find((limit) => limit.parent === parent);
    const drawn = edges.find(({ from, to, kind }) => from === parent && to === fit.node && kind === '->');
    return own ?? { parent, sign: drawn?.sign ?? null, monotone: drawn?.monotone ?? false, most: null };
  };
  const changeLimit = (limit: EffectLimit) =>
    change({ limits: [...settings.limits.filter(({ parent }) => parent !== limit.parent), limit] });
  const isCategory = (fit.effects ?? []).some(({ shares }) => shares !== null);
  const canLearnByClass = fit.classDifference?.canLearnByClass ?? false;
  return (
    <div className="mechanism-settings">
      {fit.parents.length > 0 && (
        <>
          <Select
            label="Family"
            value={settings.family ?? ''}
            options={[
              { value: '', label: 'The simplest of the best (automatic)' },
              ...fit.tried.map(({ family, label }) => ({ value: family, label })),
              ...(settings.family && !fit.tried.some(({ family }) => family === settings.family)
                ? [{ value: settings.family, label: settings.family }]
                : []),
            ]}
            onChange={(family) => change({ family: family === '' ? null : family })}
          />
          <fieldset className="limit-list">
            <legend>Effects</legend>
            {fit.parents.map((parent) => {
              const limit = limitOf(parent);
              const direction = directions.find(
                (one) => one.limit.sign === limit.sign && one.limit.monotone === limit.monotone,
              )!;
              return (
                <div key={parent} className="limit-row">
                  <Select
                    label={`With ${parent}, ${fit.node}`}
                    value={direction.value}
                    options={directions}
                    onChange={(value) =>
                      changeLimit({ ...limit, ...directions.find((one) => one.value === value)!.limit })
                    }
                  />
                  <NumberField
                    label={isCategory ? 'by at most, in log odds' : 'by at most'}
                    value={limit.most}
                    min={0}
                    step={0.1}
                    isOptional
                    onChange={(most) => changeLimit({ ...limit, most })}
                  />
                </div>
              );
            })}
          </fieldset>
        </>
      )}
      {(canLearnByClass || settings.byClass) && (
        <Switch
          label="Learn within each class of the target"
          hint="Safe where the map may lack an arrow: the classes no longer lend each other strength here."
          isOn={settings.byClass}
          onChange={(byClass) => change({ byClass })}
        />
      )}
    </div>
  );
}
