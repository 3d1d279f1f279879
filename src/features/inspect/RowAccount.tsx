import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { counted, countText, percentText, shortNumber } from '../../ui/numbers';
import type { Biography } from '../../worker/inspectApi';
import { StoryItem } from './StoryItem';

const layersOfRun = ['synthetic'] as const;

/** The biography of one row in words, bars and tables. */
export function RowAccount({ account }: { readonly account: Biography }) {
  const { donor, partner, rules, oddities, stories, nearest, columns, texts, isMade, support } = account;
  const broken = rules.filter(({ state }) => state === 'broken');
  return (
    <>
      <Origin account={account} />
      {broken.map(({ text, reason }) => (
        <Notice key={text} level="warning">
          Breaks “{text}”{reason ? `: ${reason}` : ''}
        </Notice>
      ))}
      {oddities.map(({ text }) => (
        <Notice key={text} level="warning">
          {text}
        </Notice>
      ))}
      {isMade && broken.length === 0 && (
        <div className="row-wrap">
          {rules.length > 0 && <Badge tone="good">keeps every rule</Badge>}
          {oddities.length === 0 && <Badge tone="good">nothing no real row has</Badge>}
        </div>
      )}
      {support && (
        <p className={support.score === 0 || support.parentRows === 0 ? 'damage account-support' : 'account-support'}>
          {support.score === 0
            ? 'Farther from its neighbours than any real rare row is from its own.'
            : `${percentText(support.score)} of the real rare rows are at least as far from their neighbours as this row is from its.`}{' '}
          {support.parentRows === 0
            ? 'No real row has its combination of causes.'
            : `At least ${counted(support.parentRows, 'real row')} share each of its combinations of causes.`}
        </p>
      )}
      {account.messages.map((text) => (
        <p key={text} className="muted">
          {text}
        </p>
      ))}
      <SideBySide
        title="Values"
        columns={columns}
        rows={[
          { name: 'This row', texts },
          ...(donor
            ? [
                {
                  name: partner ? `Parent ${countText(donor.row + 1)}` : `Donor ${countText(donor.row + 1)}`,
                  texts: donor.texts,
                },
              ]
            : []),
          ...(partner ? [{ name: `Parent ${countText(partner.row + 1)}`, texts: partner.texts }] : []),
        ]}
        marksChanges={isMade}
      />
      {stories.length > 0 && (
        <section className="account-part">
          <h3>{isMade ? 'How each value came about' : 'What each mechanism expects here'}</h3>
          <p className="muted">
            Bars: the middle half and 95 % of what the mechanism predicts from this row’s parents; the mark is this
            value.
          </p>
          <ol className="stories">
            {stories.map((story) => (
              <StoryItem key={story.column} story={story} text={texts[columns.indexOf(story.column)] ?? ''} />
            ))}
          </ol>
        </section>
      )}
      <SideBySide
        title="Nearest real rare rows"
        columns={columns}
        rows={[
          { name: 'This row', texts },
          ...nearest.map(({ row, texts: other }) => ({ name: `Row ${countText(row + 1)}`, texts: other, row })),
        ]}
        foot={['Distance', '', ...nearest.map(({ distance }) => shortNumber(distance))]}
      />
      {rules.length > broken.length && (
        <section className="account-part">
          <h3>Rules it keeps</h3>
          <ul className="kept-rules">
            {rules
              .filter(({ state }) => state !== 'broken')
              .map(({ text, state, hasRefused }) => (
                <li key={text}>
                  {text}
                  {hasRefused && <strong> · refused a move on the way here</strong>}
                  {state === 'unknown' && <span className="muted"> (a missing cell leaves it open)</span>}
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Origin({ account }: { readonly account: Biography }) {
  const store = useStudioStore();
  const hasRun = useStudio((s) => s.activeRunId !== null);
  const { donor, partner, mixingShare, proposals, refusedByRules, descendants, layer, row, isMade } = account;
  const show = (tableRow: number) => (
    <Button isSmall onClick={() => store.getState().select({ kind: 'row', layer: 'rare', row: tableRow })}>
      real row {countText(tableRow + 1)}
    </Button>
  );
  if (!isMade)
    return layer === 'rare' && hasRun && descendants !== null ? (
      <Facts
        facts={[
          {
            label: 'Made from it',
            value:
              descendants === 0 ? (
                'no synthetic row'
              ) : (
                <Button isSmall onClick={() => void store.getState().markDescendants(row, layersOfRun)}>
                  mark its {counted(descendants, 'synthetic row')}
                </Button>
              ),
          },
        ]}
      />
    ) : null;
  return (
    <Facts
      facts={[
        {
          label: partner ? 'First parent' : 'Donor',
          value: donor ? show(donor.row) : 'none',
          note: donor ? 'The real rare row that this one was made from' : 'Drawn from the map alone',
        },
        ...(partner
          ? [
              { label: 'Second parent', value: show(partner.row), note: 'The neighbour it was mixed with' },
              {
                label: 'Mixed',
                value: mixingShare === null ? 'no number differs' : `${percentText(mixingShare)} of the way`,
                note: 'Where between its parents it lies, by its interpolated numbers',
              },
            ]
          : [
              {
                label: 'Proposals',
                value: countText(proposals ?? 1),
                note: 'Moves tried for this row, accepted ones included',
              },
              {
                label: 'Refused by rules',
                value: countText(refusedByRules ?? 0),
                note: 'Moves that would have broken a rule',
              },
            ]),
      ]}
    />
  );
}

interface SideBySideProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly texts: readonly string[]; readonly row?: number }[];
  readonly marksChanges?: boolean;
  readonly foot?: readonly string[];
}

/** Rows beside each other, one line a column; cells unlike those of the first row stand out. */
function SideBySide({ title, columns, rows, marksChanges, foot }: SideBySideProps) {
  const store = useStudioStore();
  const own = rows[0]!.texts;
  return (
    <section className="account-part">
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="side-by-side" aria-label={title} tabIndex={0}>
        <table className="plain-table row-cells">
          <thead>
            <tr>
              <th scope="col">Column</th>
              {rows.map(({ name, row }) => (
                <th key={name} scope="col">
                  {row === undefined ? (
                    name
                  ) : (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => store.getState().select({ kind: 'row', layer: 'rare', row })}
                    >
                      {name}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column, c) => {
              const changed = marksChanges === true && rows.length > 1 && rows[1]!.texts[c] !== own[c];
              return (
                <tr key={column}>
                  <th scope="row" className="truncate" title={column}>
                    {column}
                  </th>
                  {rows.map(({ name, texts }, r) => {
                    const text = texts[c] ?? '';
                    const differs = r > 0 && text !== own[c];
                    return (
                      <td
                        key={name}
                        title={text}
                        className={
                          r === 0 ? (changed ? 'cell-changed' : undefined) : differs ? 'cell-differs' : 'cell-same'
                        }
                      >
                        {text === '' ? 'missing' : text}
                        {r === 0 && changed && (
                          <span className="cell-change-mark">
                            {' '}
                            <span aria-hidden="true">◆</span>
                            <span className="visually-hidden">changed</span>
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
          {foot && (
            <tfoot>
              <tr>
                {foot.map((text, i) =>
                  i === 0 ? (
                    <th key={text} scope="row">
                      {text}
                    </th>
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a foot cell is its place
                    <td key={i} className="number">
                      {text}
                    </td>
                  ),
                )}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
    </section>
  );
}
