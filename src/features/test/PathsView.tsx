import { trueMap } from '../../state/demos';
import { useStudio } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { EmptyState } from '../../ui/EmptyState';
import { signedText } from '../../ui/signedText';
import type { TestReport } from '../../worker/api';
import { valueText } from './EffectChange';
import { PlainTable } from './PlainTable';
import { verdictNames, verdictTones } from './resultView';
import { pathTruth } from './statementTruth';

interface PathsViewProps {
  readonly report: TestReport;
  readonly exposure: string | null;
  readonly target: string;
}

const causeNames = { made: 'Made by the generator', expected: 'Expected from balancing', 'cannot-tell': 'Cannot tell' };
const causeTones = { made: 'bad', expected: 'accent', 'cannot-tell': 'neutral' } as const;

/** What flows along each directed path, and correlations that only the augmented table has. */
export function PathsView({ report, exposure, target }: PathsViewProps) {
  const world = useStudio(trueMap);
  const truth = useStudio((s) => s.truth);
  const known = world && truth;
  return (
    <div className="test-scroll stack">
      <h2 className="panel-title">
        Along each path from {exposure ?? 'the exposure'} to {target}
      </h2>
      <p className="muted">
        Product of the signed effects of the arrows on the way, original table against augmented table with weights.
      </p>
      {report.paths.length === 0 ? (
        <EmptyState
          text={
            exposure === null
              ? `No exposure is chosen: mark one on the map, and every directed path from it to ${target} is followed here.`
              : `No directed path leads from ${exposure} to ${target} over columns with a direction.`
          }
        />
      ) : (
        <PlainTable
          label="Effect along each path"
          head={[
            { text: 'Path' },
            { text: 'Verdict' },
            ...(known ? [{ text: 'Truth', isNumber: true, title: truthTitle }] : []),
            { text: 'Before', isNumber: true },
            { text: 'After', isNumber: true },
            { text: 'Change', isNumber: true, title: 'With a 95 % interval from the bootstrap over donors' },
          ]}
        >
          {report.paths.map((path) => (
            <tr key={path.nodes.join('>')}>
              <th scope="row">{path.nodes.join(' → ')}</th>
              <td>
                <Badge tone={verdictTones[path.verdict]}>{verdictNames[path.verdict]}</Badge>{' '}
                {path.isTurned && <Badge tone="bad">Sign turned</Badge>}
              </td>
              {known && (
                <td className="number">
                  <TruthCell value={pathTruth(world, truth.strengths, truth.target, report.results, path.nodes)} />
                </td>
              )}
              <td className="number">{signedText(path.before, 3)}</td>
              <td className="number">{signedText(path.after, 3)}</td>
              <td className="number">{valueText(path.difference, path.differenceInterval)}</td>
            </tr>
          ))}
        </PlainTable>
      )}
      <h2 className="panel-title">Correlations that only the augmented table has</h2>
      {report.newLinks.length === 0 ? (
        <EmptyState text="None: no two columns look related after that did not before." />
      ) : (
        <PlainTable
          label="New correlations"
          head={[
            { text: 'Pair' },
            { text: 'Cause' },
            { text: 'Table before', isNumber: true },
            { text: 'after', isNumber: true },
            { text: 'Inside the class before', isNumber: true },
            { text: 'after ', isNumber: true },
            { text: 'In words' },
          ]}
        >
          {report.newLinks.map((link) => (
            <tr key={`${link.x}/${link.y}`}>
              <th scope="row">
                {link.x} and {link.y}
              </th>
              <td>
                <Badge tone={causeTones[link.cause]}>{causeNames[link.cause]}</Badge>
              </td>
              <td className="number">{link.unweighted?.before.toFixed(2) ?? '–'}</td>
              <td className="number">{link.unweighted?.after.toFixed(2) ?? '–'}</td>
              <td className="number">{link.within?.before.toFixed(2) ?? '–'}</td>
              <td className="number">{link.within?.after.toFixed(2) ?? '–'}</td>
              <td className="test-words">{link.sentence}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </div>
  );
}

const truthTitle = 'The same product in the simulated world the table is a sample of';

function TruthCell({ value }: { readonly value: number | null }) {
  if (value === null) return <>–</>;
  return (
    <>
      <span className="truth-key" aria-hidden="true" /> {signedText(value, 3)}
    </>
  );
}
