import { laterThanTarget } from '../../engine/graph/laterThanTarget';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { counted, countText, percentText } from '../../ui/numbers';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import type { TableSummary } from '../../worker/api';
import { ThresholdTarget } from './ThresholdTarget';
import { otherRareLevels, targetOn, targetOptions, withLevel } from './targetChoice';

const none = '';

/** Which column holds the rare outcome, and which of its values are rare. */
export function TargetChooser({ summary }: { readonly summary: TableSummary }) {
  const store = useStudioStore();
  const target = useStudio((s) => s.project.target);
  const review = useStudio((s) => s.targetReview);
  const later = useStudio((s) => (s.project.target ? laterThanTarget(s.project.map, s.project.target.column) : null));
  const options = targetOptions(summary.columns);
  const column = summary.columns.find(({ name }) => name === target?.column);
  const isMissing = target !== null && !column;
  const alsoRare = column && target ? otherRareLevels(column, target, summary.rows) : [];
  const choose = (name: string) => {
    const chosen = summary.columns.find((one) => one.name === name);
    store.getState().setTarget(chosen ? targetOn(chosen, summary) : null);
  };
  return (
    <Panel title="Rare outcome">
      {options.length === 0 && (
        <Notice level="warning">
          No column can be the outcome: a target needs at least two different values and few of them. Check how the
          columns were read, or open another file.
        </Notice>
      )}
      <Select
        label="Column with the outcome (target)"
        value={column ? column.name : none}
        options={[
          { value: none, label: 'Choose a column …' },
          ...options.map((option) => ({
            value: option.column,
            label: option.label,
            isDisabled: option.problem !== null,
          })),
          ...(column && !options.some((option) => option.column === column.name)
            ? [{ value: column.name, label: column.name }]
            : []),
        ]}
        onChange={choose}
      />
      <ThresholdTarget summary={summary} />
      {isMissing && (
        <Notice level="warning">This table has no column “{target.column}”: choose another outcome.</Notice>
      )}
      {target && column && (
        <fieldset className="levels">
          <legend className="field-label">Values that are rare</legend>
          {column.levels.length === 0 && (
            <p className="muted">This column has no categories: read it as a category in the list of columns.</p>
          )}
          {column.levels.slice(0, 12).map(({ text, count }) => (
            <label key={text} className="choice">
              <input
                type="checkbox"
                checked={target.rareLevels.includes(text)}
                onChange={(event) => store.getState().setTarget(withLevel(target, column, text, event.target.checked))}
              />
              <span className="level">
                <span className="truncate" title={text}>
                  {text === '' ? '(blank)' : text}
                </span>
                <span className="number muted">
                  {counted(count, 'row')}, {percentText(count / Math.max(1, summary.rows))}
                </span>
              </span>
            </label>
          ))}
          {alsoRare.length > 0 && (
            <p className="muted">
              {alsoRare.join(', ')} {alsoRare.length === 1 ? 'is' : 'are'} rare too: tick what counts as the outcome.
            </p>
          )}
          {column.levels.length > 12 && (
            <p className="muted">
              {column.levels.length - 12} more values are not listed: an outcome has few, so merge them in the file
              first.
            </p>
          )}
        </fieldset>
      )}
      {review && target && column && (
        <Facts
          facts={[
            { label: 'Rare rows', value: countText(review.rareRows) },
            { label: 'Rows with a known outcome', value: countText(review.knownRows) },
            {
              label: 'Share (prevalence)',
              value: review.knownRows > 0 ? percentText(review.rareRows / review.knownRows) : '–',
            },
          ]}
        />
      )}
      {target &&
        column &&
        review?.notices.map(({ level, text }) => (
          <Notice key={text} level={level}>
            {text}
          </Notice>
        ))}
      {column && later && <Notice level="warning">{later}</Notice>}
    </Panel>
  );
}
