import type { StatementResult } from '../../engine/dependence/comparison';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { isAnswerStale } from '../../state/testing';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Notice } from '../../ui/Notice';
import { countText } from '../../ui/numbers';
import { isConcerning, measureText } from './measureText';
import { PlainTable } from './PlainTable';
import { comparisonNames, verdictNames, verdicts, verdictTones } from './resultView';
import { StudyProgress } from './StudyProgress';

const keyOf = ({ statement, comparison }: StatementResult) => `${comparison}/${statement.id}`;

const countOrBad = (count: number) => (count > 0 ? <Badge tone="bad">{countText(count)}</Badge> : countText(count));

/** Every generator put to the same tests: one column an arm. */
export function ArmsView() {
  const store = useStudioStore();
  const activity = useStudio((s) => s.testingArms);
  const answer = useStudio((s) => s.arms);
  const isStale = useStudio((s) => answer !== null && isAnswerStale(s, '', answer));
  const isRunning = activity.status === 'running';
  const arms = answer?.value ?? [];
  const start = (
    <Button
      look={arms.length > 0 ? 'plain' : 'primary'}
      isSmall={arms.length > 0}
      disabled={isRunning}
      onClick={() => void store.getState().startArms()}
    >
      {arms.length > 0 ? 'Test all again' : 'Test every generator'}
    </Button>
  );
  if (arms.length === 0 && !isRunning)
    return (
      <div className="test-scroll stack">
        <StudyProgress activity={activity} label="Testing every generator" />
        <EmptyState
          text="Every generator makes 2,000 rows with your map, rules and seed, and all are put to the same tests."
          action={start}
        />
      </div>
    );
  const works = arms.filter(({ problem }) => problem === null);
  const statements = (works[0]?.results ?? []).filter(({ comparison }) => comparison !== 'unweighted');
  const measures = works[0]?.measures ?? [];
  const head = [{ text: 'Put to each' }, ...works.map(({ label }) => ({ text: label }))];
  return (
    <div className="test-scroll stack">
      <div className="row">
        <p className="muted grow">Same table, map, rules and seed; nothing but the way of making rows differs.</p>
        {!isRunning && start}
      </div>
      <StudyProgress activity={activity} label="Testing every generator" />
      {isStale && !isRunning && (
        <Notice level="warning">This table is out of date: the map, the data or the settings changed since.</Notice>
      )}
      {arms
        .filter(({ problem }) => problem !== null)
        .map(({ label, problem }) => (
          <p key={label} className="muted">
            {label}: {problem}
          </p>
        ))}
      {works.length > 0 && (
        <PlainTable label="Every generator by the same tests" head={head} isMatrix>
          {verdicts.map((verdict) => (
            <tr key={verdict}>
              <th scope="row">Statements: {verdictNames[verdict].toLowerCase()}</th>
              {works.map(({ generator, counts }) => (
                <td key={generator} className="number">
                  {verdict === 'damaged' ? countOrBad(counts.damaged) : countText(counts[verdict])}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">Correlations made by the generator</th>
            {works.map(({ generator, madeLinks }) => (
              <td key={generator} className="number">
                {countText(madeLinks)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Mechanisms damaged</th>
            {works.map(({ generator, mechanisms }) => (
              <td key={generator} className="number">
                {countOrBad(mechanisms.filter(({ verdict }) => verdict === 'damaged').length)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Rules broken</th>
            {works.map(({ generator, ruleBreaks }) => (
              <td key={generator} className="number">
                {countText(ruleBreaks)}
              </td>
            ))}
          </tr>
          {measures.map(({ id, label, help }) => (
            <tr key={id}>
              <th scope="row" title={help}>
                {label}
              </th>
              {works.map(({ generator, measures: own }) => {
                const measure = own.find((one) => one.id === id);
                return (
                  <td key={generator} className={measure && isConcerning(measure) ? 'number test-bad' : 'number'}>
                    {measure ? measureText(measure, measure.value) : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
          {(works[0]?.mechanisms ?? []).map(({ node, parents }) => (
            <tr key={`mechanism/${node}`}>
              <th scope="row">
                Mechanism of {node}
                {parents.length > 0 && <span className="muted"> given {parents.join(', ')}</span>}
                <span className="muted">. On held-out rows.</span>
              </th>
              {works.map(({ generator, mechanisms }) => {
                const own = mechanisms.find((check) => check.node === node);
                return (
                  <td key={generator} title={own?.sentence}>
                    {own && <Badge tone={verdictTones[own.verdict]}>{verdictNames[own.verdict]}</Badge>}
                  </td>
                );
              })}
            </tr>
          ))}
          {statements.map((one) => (
            <tr key={keyOf(one)}>
              <th scope="row">
                {one.statement.x} and {one.statement.y}
                {one.statement.given.length > 0 && (
                  <span className="muted"> given {one.statement.given.join(', ')}</span>
                )}
                <span className="muted">. {comparisonNames[one.comparison]}.</span>
              </th>
              {works.map(({ generator, results }) => {
                const own = results.find((result) => keyOf(result) === keyOf(one));
                return (
                  <td key={generator} title={own?.sentence}>
                    {own && <Badge tone={verdictTones[own.verdict]}>{verdictNames[own.verdict]}</Badge>}
                  </td>
                );
              })}
            </tr>
          ))}
        </PlainTable>
      )}
    </div>
  );
}
