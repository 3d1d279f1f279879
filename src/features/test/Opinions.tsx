import { useState } from 'react';
import type { StatementResult } from '../../engine/dependence/comparison';
import { useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import type { SecondOpinions } from '../../worker/testApi';
import { PlainTable } from './PlainTable';

interface OpinionsProps {
  readonly runId: string;
  readonly result: StatementResult;
}

const pText = (p: number) => (Number.isNaN(p) ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));

type Opinion = NonNullable<SecondOpinions['opinions'][number]['before']>;
const intervalText = ({ interval }: Opinion) =>
  interval && `Before, r lies in ${interval.low.toFixed(2)} to ${interval.high.toFixed(2)} (95 %)`;

/** What every other test says of the chosen statement, asked on demand. */
export function Opinions({ runId, result }: OpinionsProps) {
  const store = useStudioStore();
  const [asked, setAsked] = useState<'not' | 'asking' | SecondOpinions | { readonly problem: string }>('not');
  const ask = async () => {
    setAsked('asking');
    const outcome = await store.getState().askSecondOpinions(runId, result.statement, result.comparison);
    setAsked(outcome.ok ? outcome.value : { problem: outcome.message });
  };
  if (asked === 'not' || asked === 'asking')
    return (
      <div>
        <Button isSmall disabled={asked === 'asking'} onClick={() => void ask()}>
          {asked === 'asking' ? 'Asking …' : 'Ask every other test'}
        </Button>
      </div>
    );
  if ('problem' in asked) return <p className="muted">{asked.problem}</p>;
  return (
    <>
      <PlainTable
        label="Second opinions"
        head={[
          { text: 'Test' },
          { text: 'Effect before', isNumber: true },
          { text: 'after', isNumber: true },
          { text: 'p on real rows', isNumber: true },
          {
            text: 'p on made rows',
            isNumber: true,
            title: 'Made rows are no evidence of their own: to compare tests, not to decide',
          },
          { text: 'Assumes' },
        ]}
      >
        {asked.opinions.map(({ id, label, assumes, before, after }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td className="number">{before ? before.effect.toFixed(2) : '–'}</td>
            <td className="number">{after ? after.effect.toFixed(2) : '–'}</td>
            <td className="number">{before ? pText(before.pValue) : '–'}</td>
            <td className="number">{after ? pText(after.pValue) : '–'}</td>
            <td className="test-words">
              {[assumes, before?.note, before && intervalText(before)].filter(Boolean).join('. ')}
            </td>
          </tr>
        ))}
        {asked.changes.map(({ label, help, pValue }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="number" colSpan={2}>
              real against synthetic
            </td>
            <td className="number" colSpan={2}>
              {pText(pValue)}
            </td>
            <td className="test-words">{help}</td>
          </tr>
        ))}
      </PlainTable>
      {asked.messages.map((message) => (
        <p key={message} className="muted">
          {message}
        </p>
      ))}
    </>
  );
}
