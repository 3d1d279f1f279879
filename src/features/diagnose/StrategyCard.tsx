import { CircleCheck, CircleSlash, Info, TriangleAlert } from 'lucide-react';
import { useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import type { Diagnosis } from '../../worker/api';

const goLabels = { data: 'Data', map: 'Map', rules: 'Rules', generate: 'Generate' } as const;

/** The advice in one sentence, and every finding it rests on with the place where something can be done. */
export function StrategyCard({ diagnosis: { strategy } }: { readonly diagnosis: Diagnosis }) {
  const store = useStudioStore();
  const isGo = strategy.verdict === 'augment';
  const Icon = isGo ? CircleCheck : strategy.verdict === 'with-care' ? TriangleAlert : CircleSlash;
  return (
    <section className={`strategy strategy-${strategy.verdict}`} aria-label="What to do">
      <p className="strategy-headline">
        <Icon size={18} aria-hidden />
        {strategy.headline}
      </p>
      <ul className="strategy-lines">
        {strategy.lines.map(({ level, text, goTo }) => (
          <li key={text} className={level === 'warning' ? 'strategy-warning' : undefined}>
            {level === 'warning' ? (
              <TriangleAlert size={14} role="img" aria-label="Warning" />
            ) : (
              <Info size={14} aria-hidden />
            )}
            <span>{text}</span>
            {goTo && (
              <Button isSmall onClick={() => store.getState().goTo(goTo)}>
                {goLabels[goTo]}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
