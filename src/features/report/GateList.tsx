import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { staleParts } from '../../state/generation';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isTestStale } from '../../state/testing';
import { Button } from '../../ui/Button';
import type { RunSummary } from '../../worker/api';
import { gatesFor } from './gates';

const icons = { good: CircleCheck, warning: TriangleAlert, open: CircleDashed } as const;
const words = { good: 'Fine', warning: 'Look at this', open: 'Not done' } as const;

/** What to have looked at before the file leaves. */
export function GateList({ run }: { readonly run: RunSummary }) {
  const store = useStudioStore();
  const changed = useStudio(useShallow((s) => staleParts(s, run.runId)));
  const report = useStudio((s) => s.tests[run.runId]?.report ?? null);
  const isStale = useStudio((s) => isTestStale(s, run.runId));
  return (
    <ul className="gates">
      {gatesFor(run, changed, report, isStale).map(({ state, text, stage }) => {
        const Icon = icons[state];
        return (
          <li key={text} className={`gate gate-${state}`}>
            <Icon size={16} role="img" aria-label={words[state]} />
            <span className="grow">{text}</span>
            {state !== 'good' && (
              <Button isSmall look="quiet" onClick={() => store.getState().goTo(stage)}>
                Open {stage}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
