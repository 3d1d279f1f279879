import { useMemo, useState } from 'react';
import { ruleColumns } from '../engine/constraints/catalogue';
import type { Placement } from '../engine/templates/applyTemplate';
import { matchColumns } from '../engine/templates/matchColumns';
import { kindClass, kindFits, type Template, type TemplateColumn } from '../engine/templates/template';
import { useStudio } from '../state/StudioProvider';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { counted } from '../ui/numbers';
import { Select } from '../ui/Select';
import type { TableSummary } from '../worker/api';

/** Values of the choice that are no columns; a column's own value has a prefix, so that no name can be one of them. */
const UNRECORDED = 'unrecorded';
const LEFT_OUT = 'left-out';
const ofColumn = (name: string) => `column ${name}`;

interface TemplateMappingProps {
  readonly template: Template;
  readonly summary: TableSummary;
}

/** Which column of the table stands for which of the template; proposals by name, every one of them open to change. */
export function TemplateMapping({ template, summary }: TemplateMappingProps) {
  const close = useStudio((s) => s.closeTemplateWizard);
  const choose = useStudio((s) => s.chooseTemplate);
  const apply = useStudio((s) => s.useTemplate);
  const proposals = useMemo(() => matchColumns(template, summary.columns), [template, summary]);
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      template.columns.map(({ name }) => {
        const match = proposals.get(name);
        return [name, match ? ofColumn(match.column) : UNRECORDED];
      }),
    ),
  );
  const [failure, setFailure] = useState<string | null>(null);
  const columnFor = (name: string) => summary.columns.find((column) => choices[name] === ofColumn(column.name)) ?? null;
  const targetColumn = template.target === null ? null : columnFor(template.target);
  const levels = targetColumn?.levels ?? [];
  // The rarest level, unless another is chosen.
  const rarest = levels.toSorted((a, b) => a.count - b.count)[0]?.text ?? null;
  const [chosenLevel, setLevel] = useState<string | null>(null);
  const rare = levels.some(({ text }) => text === chosenLevel) ? chosenLevel : rarest;
  const matched = template.columns.filter(({ name }) => columnFor(name) !== null).length;
  const lost = template.rules.filter((rule) => ruleColumns(rule).some((name) => columnFor(name) === null));
  const use = () => {
    const placements = new Map(
      template.columns.map(({ name }): [string, Placement] => {
        const column = columnFor(name);
        if (column) return [name, { kind: 'column', column: column.name }];
        return [name, { kind: choices[name] === LEFT_OUT ? 'left-out' : 'latent' }];
      }),
    );
    const wrong = template.columns.find(({ name, kind }) => {
      const column = columnFor(name);
      return column !== null && !kindFits(column.kind, kind);
    });
    if (wrong) {
      setFailure(
        `${wrong.name} needs ${kindClass(wrong.kind)}, and ${columnFor(wrong.name)!.name} holds ${kindClass(columnFor(wrong.name)!.kind)}: choose another column, or change its kind on the Data stage.`,
      );
      return;
    }
    if (template.target !== null && rare === null) {
      setFailure(`Choose a column with categories for the outcome ${template.target}.`);
      return;
    }
    setFailure(apply(template, placements, rare === null ? [] : [rare]));
  };
  return (
    <Dialog
      isOpen
      title={`${template.name}: which column is which?`}
      description={`${matched} of ${counted(template.columns.length, 'column')} found in ${summary.fileName}.`}
      width={860}
      onClose={close}
      actions={
        <>
          <Button onClick={() => choose(null)}>Another template</Button>
          <Button look="primary" onClick={use}>
            Use the template
          </Button>
        </>
      }
    >
      <table className="mapping" aria-label="Columns of the template">
        <thead>
          <tr>
            <th scope="col">Template</th>
            <th scope="col">Your column</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {template.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                {column.name} <span className="muted">{kindClass(column.kind)}</span>
                {column.name === template.target && <Badge tone="accent">outcome</Badge>}
                {column.name === template.exposure && <Badge tone="neutral">exposure</Badge>}
              </th>
              <td>
                <Select<string>
                  label={`Column for ${column.name}`}
                  hasHiddenLabel
                  value={choices[column.name]!}
                  options={[
                    {
                      value: UNRECORDED,
                      label: 'Not recorded: keep as latent',
                      isDisabled: column.name === template.target,
                    },
                    {
                      value: LEFT_OUT,
                      label: 'Leave out, with its arrows',
                      isDisabled: column.name === template.target,
                    },
                    ...summary.columns.map(({ name }) => ({ value: ofColumn(name), label: name })),
                  ]}
                  onChange={(value) => setChoices((now) => ({ ...now, [column.name]: value }))}
                />
              </td>
              <td>
                <Reason
                  column={column}
                  chosen={columnFor(column.name)}
                  isProposed={proposals.get(column.name)?.column === columnFor(column.name)?.name}
                  likeness={proposals.get(column.name)?.likeness ?? 0}
                  isTwice={
                    template.columns.filter(({ name }) => columnFor(name) && columnFor(name) === columnFor(column.name))
                      .length > 1
                  }
                  isLeftOut={choices[column.name] === LEFT_OUT}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {targetColumn && levels.length > 0 && (
        <Select<string>
          label={`Rare value of ${targetColumn.name}`}
          isInline
          value={rare!}
          options={levels.map(({ text, count }) => ({ value: text, label: `${text} (${counted(count, 'row')})` }))}
          onChange={setLevel}
        />
      )}
      {lost.length > 0 && (
        <Notice>
          {counted(lost.length, 'rule')} will be left out, for want of a column:{' '}
          {lost.map(({ reason }) => reason.replace(/\.$/, '')).join('; ')}.
        </Notice>
      )}
      {failure && <Notice level="error">{failure}</Notice>}
    </Dialog>
  );
}

interface ReasonProps {
  readonly column: TemplateColumn;
  readonly chosen: TableSummary['columns'][number] | null;
  readonly isProposed: boolean;
  readonly likeness: number;
  readonly isTwice: boolean;
  readonly isLeftOut: boolean;
}

/** Why this column was proposed, or what is wrong with the choice. */
function Reason({ column, chosen, isProposed, likeness, isTwice, isLeftOut }: ReasonProps) {
  if (!chosen)
    return <span className="muted">{isLeftOut ? 'Its arrows go with it.' : 'An unrecorded cause on the map.'}</span>;
  if (isTwice) return <Badge tone="bad">chosen twice</Badge>;
  if (!kindFits(chosen.kind, column.kind))
    return (
      <Badge tone="bad">
        holds {kindClass(chosen.kind)}, not {kindClass(column.kind)}
      </Badge>
    );
  if (!isProposed) return <span className="muted">your choice</span>;
  return likeness === 1 ? (
    <Badge tone="good">same name</Badge>
  ) : (
    <Badge tone="warning">{likeness > 0.95 ? 'known by this name too' : 'alike: check it'}</Badge>
  );
}
