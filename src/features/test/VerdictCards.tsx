import type { Verdict } from '../../engine/dependence/comparison';
import { countText } from '../../ui/numbers';
import type { TestReport } from '../../worker/api';
import { verdictMeanings, verdictNames, verdicts, verdictTones } from './resultView';

interface VerdictCardsProps {
  readonly report: Pick<TestReport, 'counts'>;
  readonly rival: TestReport | null;
  readonly names: readonly [string, string];
  readonly chosen: Verdict | 'all';
  onChoose(verdict: Verdict | 'all'): void;
}

/** How often each verdict fell, for both runs; a press shows those rows only. */
export function VerdictCards({ report, rival, names, chosen, onChoose }: VerdictCardsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid of cards
    <div className="verdicts" role="group" aria-label="Show one verdict">
      {verdicts.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={`verdict verdict-${verdictTones[verdict]}`}
          aria-pressed={chosen === verdict}
          onClick={() => onChoose(chosen === verdict ? 'all' : verdict)}
        >
          <span className="verdict-name">{verdictNames[verdict]}</span>
          <span className="verdict-counts number">
            <span>
              <strong>{countText(report.counts[verdict])}</strong> <span className="truncate">{names[0]}</span>
            </span>
            {rival && (
              <span>
                <strong>{countText(rival.counts[verdict])}</strong> <span className="truncate">{names[1]}</span>
              </span>
            )}
          </span>
          <span className="verdict-meaning">{verdictMeanings[verdict]}</span>
        </button>
      ))}
    </div>
  );
}
