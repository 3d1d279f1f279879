import { runRecord } from '../../state/generation';
import { useStudio } from '../../state/StudioProvider';
import { Notice } from '../../ui/Notice';
import { countText, percentText } from '../../ui/numbers';

/** From this share of refusals on, the law is cut off rather than shaped by the rule. */
const MUCH = 0.3;

/** What a rule cost in the run on screen: the share of proposed rows it turned down. */
export function RuleCost({ ruleId }: { readonly ruleId: string }) {
  const run = useStudio((s) => (s.activeRunId ? s.runs[s.activeRunId] : undefined));
  const name = useStudio((s) => runRecord(s, s.activeRunId)?.name ?? '');
  // Runs stored by an earlier build did not count by rule.
  const refused = run?.refusalsByRule?.find((one) => one.ruleId === ruleId)?.count;
  if (!run || refused === undefined || run.proposals === 0) return null;
  const share = refused / run.proposals;
  const words = `${name}: turned down ${countText(refused)} of ${countText(run.proposals)} proposed rows (${percentText(share)}).`;
  if (share < MUCH) return <p className="muted">{words}</p>;
  return (
    <Notice level="warning">
      {words} So much is cut off that the mechanisms are not what the rule says: draw the arrow that explains it, or say
      it as a formula or a grid, which are built in.
    </Notice>
  );
}
