import { runRecord } from '../../state/generation';
import { runIdOfLayer } from '../../state/inspect';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Segmented } from '../../ui/Segmented';
import type { MadeLayer } from '../../worker/inspectApi';

const arms = ['synthetic', 'comparison', 'other'] as const satisfies readonly MadeLayer[];

/** The made layer that is set beside the real rows: the chosen one where its rows are here, else the active run. */
export function useArm(): MadeLayer {
  return useStudio((s) => (runIdOfLayer(s, s.arm) === null ? 'synthetic' : s.arm));
}

/** Chooses whose rows are compared with the real rare ones. */
export function ArmSelect() {
  const store = useStudioStore();
  const arm = useArm();
  const names = useStudio((s) =>
    arms.map((layer) => runRecord(s, runIdOfLayer(s, layer))?.name ?? '').join('\n'),
  ).split('\n');
  return (
    <Segmented<MadeLayer>
      label="Rows compared with the real ones"
      value={arm}
      options={arms.flatMap((layer, i) => (names[i] === '' ? [] : [{ value: layer, label: names[i]! }]))}
      onChange={(next) => store.getState().setArm(next)}
    />
  );
}
