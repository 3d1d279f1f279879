import { Button } from '../../ui/Button';
import { countText } from '../../ui/numbers';
import { valueText } from './EffectChange';
import { Opinions } from './Opinions';
import { comparisonNames, type ResultPair } from './resultView';
import { type StatementTruth, truthText } from './statementTruth';

interface ResultDetailProps {
  /** The run on screen; null while it is still being tested. */
  readonly runId: string | null;
  readonly pair: ResultPair;
  readonly names: readonly [string, string];
  readonly truth: StatementTruth | null;
  onClose(): void;
}

/** The chosen statement in full: sentence, numbers with intervals, rows behind them. */
export function ResultDetail({ runId, pair, names, truth, onClose }: ResultDetailProps) {
  const { statement, comparison, givenUsed } = pair.result;
  const given = givenUsed.length > 0 ? `, given ${givenUsed.join(', ')}` : '';
  return (
    <section className="result-detail" aria-label="The chosen statement" aria-live="polite">
      <div className="row">
        <strong className="grow truncate" title={`${statement.x} and ${statement.y}${given}`}>
          {statement.x} and {statement.y}
          {given}. {comparisonNames[comparison]}.
        </strong>
        <Button isSmall look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {[pair.result, pair.rival].map(
        (one, i) =>
          one && (
            <p key={names[i]} className="number">
              <strong>{names[i]}:</strong> {one.sentence} Effect {valueText(one.before, one.beforeInterval)} on{' '}
              {countText(one.realRows)} real rows, {valueText(one.after, one.afterInterval)} on{' '}
              {countText(one.syntheticRows)} rows judged; change {valueText(one.difference, one.differenceInterval)},
              margin {one.margin}; adjusted p on the real rows{' '}
              {one.pValueBefore < 0.001 ? 'below 0.001' : one.pValueBefore.toFixed(3)}.
              {one.rowsNeeded !== null && ` About ${countText(one.rowsNeeded)} real rare rows would tell.`}
            </p>
          ),
      )}
      {truth && (
        <p>
          <span className="truth-key" aria-hidden="true" /> <strong>Truth of the simulated world:</strong>{' '}
          {truthSentence(truth)}
        </p>
      )}
      {runId && <Opinions key={`${comparison}/${statement.id}`} runId={runId} result={pair.result} />}
    </section>
  );
}

function truthSentence(truth: StatementTruth): string {
  if (truth.isIndependent) return 'the two are independent here; the effect is 0.';
  if (truth.effect === null) return 'its map does not separate the two here: an effect other than 0 is to be expected.';
  return `the effect is ${truthText(truth)}, by the same measure on many simulated rows.`;
}
