import { CircleAlert, Info } from 'lucide-react';
import { useState } from 'react';
import { type ColumnKind, isCarriedKind, isCategoricalKind } from '../../engine/data/table';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { trueMeans } from '../../state/worldTruth';
import { Badge } from '../../ui/Badge';
import { DataTable } from '../../ui/DataTable';
import { IconButton } from '../../ui/IconButton';
import { MiniHistogram } from '../../ui/MiniHistogram';
import { countText, percentText, shortNumber } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import type { ColumnSummary, TableSummary } from '../../worker/api';
import { ColumnDetails } from './ColumnDetails';
import { kindNames, kindOptions } from './kindNames';

const guess = 'guess';

/** Every column: what it holds and why that was guessed, what is missing, how rare and common rows differ. */
export function ColumnList({ summary }: { readonly summary: TableSummary }) {
  const store = useStudioStore();
  const histograms = useStudio((s) => s.histograms);
  const kinds = useStudio((s) => s.project.data?.kinds);
  const target = useStudio((s) => s.project.target);
  const map = useStudio((s) => s.project.map);
  // While other kinds are read in the next one can be chosen: the control would lose the focus, and a person their place.
  const isBusy = useStudio((s) => s.table.status === 'importing' && s.table.isReread !== true);
  const notes = useStudio((s) => s.project.columnNotes);
  const world = useStudio((s) => s.truth);
  const units = new Map(notes?.map(({ column, unit }) => [column, unit]));
  const onMap = new Set(map.nodes.map(({ name }) => name));
  const setKind = (name: string) => kinds?.find(({ column }) => column === name)?.kind;
  const isSet = (name: string) => setKind(name) !== undefined;
  const [shown, setShown] = useState<string | null>(null);
  const details = summary.columns.find(({ name }) => name === shown);
  const height = `min(${48 * (summary.columns.length + 1) + 2}px, max(520px, 100vh - 280px))`;
  return (
    <>
      {details && <ColumnDetails column={details} rows={summary.rows} onClose={() => setShown(null)} />}
      <DataTable<ColumnSummary>
        label="Columns"
        count={summary.columns.length}
        row={(index) => summary.columns[index] ?? null}
        rowHeight={48}
        height={height}
        columns={[
          {
            id: 'name',
            header: 'Column',
            width: 'minmax(130px, 1.2fr)',
            cell: ({ name }) => (
              <div className="row">
                <button
                  type="button"
                  className="link-button truncate"
                  aria-label={`${name}: details`}
                  title={name}
                  onClick={() => setShown(name)}
                >
                  <strong>{name}</strong>
                </button>
                {units.get(name) && <span className="muted">{units.get(name)}</span>}
                {target?.column === name && <Badge tone="accent">outcome</Badge>}
                {target?.column !== name && onMap.has(name) && <Badge>on map</Badge>}
              </div>
            ),
          },
          {
            id: 'kind',
            header: 'Read as',
            width: '168px',
            cell: ({ name, kind, reason }) => (
              <div title={isSet(name) ? `You set this kind. ${reason}` : reason}>
                <Select<ColumnKind | typeof guess>
                  label={`Kind of ${name}. ${reason}`}
                  hasHiddenLabel
                  value={setKind(name) ?? kind}
                  isDisabled={isBusy}
                  options={[
                    ...kindOptions,
                    ...(isSet(name) ? [{ value: guess, label: 'Back to the guess' } as const] : []),
                  ]}
                  onChange={(value) => store.getState().setColumnKind(name, value === guess ? null : value)}
                />
              </div>
            ),
          },
          {
            id: 'reason',
            header: 'Why',
            width: 'minmax(110px, 1.4fr)',
            cell: ({ name, kind, reason }) => (
              <span className="muted two-lines" title={reason}>
                {isSet(name) ? `You said so: ${kindNames[kind].toLowerCase()}.` : reason}
              </span>
            ),
          },
          {
            id: 'missing',
            header: 'Missing',
            width: '72px',
            isNumeric: true,
            cell: ({ missing }) => (
              <span
                className={missing / Math.max(1, summary.rows) >= 0.3 ? 'is-much' : undefined}
                title={`${countText(missing)} cells`}
              >
                {percentText(missing / Math.max(1, summary.rows))}
              </span>
            ),
          },
          {
            id: 'distinct',
            header: 'Different',
            width: '78px',
            isNumeric: true,
            cell: ({ distinct }) => countText(distinct),
          },
          {
            id: 'values',
            header: 'Values',
            width: 'minmax(110px, 1.2fr)',
            cell: (column) => (
              <span className="muted two-lines" title={valuesOf(column)}>
                {valuesOf(column)}
              </span>
            ),
          },
          {
            id: 'histogram',
            header: !target ? (
              'Distribution'
            ) : (
              <>
                <span title="Common rows as bars, rare rows as a line or dots">Common, rare</span>
                {world && (
                  <span title="True means of the simulated world: short in common, tall in rare rows">
                    {' '}
                    <span className="truth-key" aria-hidden="true" /> truth
                  </span>
                )}
              </>
            ),
            width: '172px',
            cell: ({ name, kind }) => {
              const histogram = histograms[name];
              if (!histogram) return isCarriedKind(kind) ? <span className="muted">not learned from</span> : null;
              const truth = trueMeans(world, histogram);
              return (
                <MiniHistogram
                  label={`Distribution of ${name} in common and rare rows${truth ? `; ${truth.text}` : ''}`}
                  truth={truth}
                  common={histogram.common}
                  rare={histogram.rare}
                  isCategorical={isCategoricalKind(kind)}
                  width={150}
                  height={34}
                />
              );
            },
          },
          {
            id: 'notices',
            header: 'To know',
            width: '72px',
            cell: ({ name, notices }) => <NoticeMarks name={name} notices={notices} />,
          },
        ]}
      />
    </>
  );
}

function NoticeMarks({ name, notices }: Pick<ColumnSummary, 'name' | 'notices'>) {
  const store = useStudioStore();
  if (notices.length === 0) return null;
  const text = notices.map((notice) => notice.text).join(' ');
  const isWarning = notices.some(({ level }) => level === 'warning');
  return (
    <IconButton
      label={`${name}: ${text}`}
      icon={isWarning ? <CircleAlert size={16} className="icon-warning" /> : <Info size={16} />}
      side="left"
      onClick={() => store.getState().announce(text)}
    />
  );
}

/** Levels by frequency, the quartiles of numbers, or a few examples. */
function valuesOf({ levels, range, kind, examples }: ColumnSummary): string {
  if (levels.length > 0) {
    const shown = levels.slice(0, 4).map(({ text, count }) => `${text} (${countText(count)})`);
    return `${shown.join(', ')}${levels.length > 4 ? ' …' : ''}`;
  }
  if (range && kind === 'duration') return `${durationText(range.min)} to ${durationText(range.max)}`;
  if (range && kind === 'datetime') return `${dateText(range.min)} to ${dateText(range.max)}`;
  if (range)
    return `${shortNumber(range.min)} to ${shortNumber(range.max)}, middle half ${shortNumber(range.q1)} to ${shortNumber(range.q3)}`;
  return examples.slice(0, 3).join(', ');
}

/** Seconds in the largest unit that leaves a number a person can hold. */
function durationText(seconds: number): string {
  const [unit, name] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'min'],
    ] as const
  ).find(([size]) => Math.abs(seconds) >= size) ?? [1, 's'];
  return `${shortNumber(seconds / unit)} ${name}`;
}

const dateText = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : '–');
