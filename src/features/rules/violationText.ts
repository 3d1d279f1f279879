import type { Rule } from '../../engine/constraints/rule';
import { counted, countText, percentText, shortNumber } from '../../ui/numbers';
import type { RuleCheck } from '../../worker/api';

/** How the real rows take a rule, in a sentence. */
export function violationText(check: RuleCheck, rows: number, rule: Rule): string {
  const silent = silentWords(rule);
  if (silent) return silent + evidenceWords(check, rule);
  const { realViolations: broken, realRareViolations: rare, unknown } = check;
  const open = unknown === 0 ? '' : ` For ${countText(unknown)} a missing cell leaves it open.`;
  if (broken === 0) return `None of ${counted(rows, 'real row')} breaks it.${open}`;
  const verb = broken === 1 ? 'disagrees' : 'disagree';
  const ofRare = rare === 0 ? 'none of them rare' : `${countText(rare)} of them rare`;
  return `${countText(broken)} of ${counted(rows, 'real row')} ${verb}, ${ofRare}: is the rule wrong, or the data?${open}`;
}

/** What the real rows say of an effect, other causes as they are. */
function evidenceWords({ evidence }: RuleCheck, rule: Rule): string {
  if (!evidence || (rule.kind !== 'monotone' && rule.kind !== 'bounded-effect')) return '';
  const { pairs, groups, stepsAgainst, largest } = evidence;
  const said: string[] = [];
  if (pairs && pairs.all > 0)
    said.push(
      `${percentText(pairs.against / pairs.all)} of ${countText(pairs.all)} pairs of real rows go the other way`,
    );
  if (stepsAgainst !== null)
    said.push(
      `so does the mean of ${rule.effect} in ${stepsAgainst} of ${groups - 1} steps between groups of ${rule.cause}`,
    );
  if (stepsAgainst === null && largest !== null)
    said.push(
      `between ${groups} groups of ${rule.cause} the mean of ${rule.effect} differs by up to ${shortNumber(largest)}`,
    );
  return said.length === 0 ? '' : ` With the other causes as they are, ${said.join('; ')}.`;
}

/** Rules that no single row can break: what they do instead. */
function silentWords(rule: Rule): string | null {
  switch (rule.kind) {
    case 'fixed':
      return 'No real row can break it: it says what synthetic rows keep. What would change it is kept as well.';
    case 'tiers':
      return 'No row can break it: it is about the arrows of the map.';
    case 'monotone':
    case 'bounded-effect':
      return `No single row can break it: it is built into how ${rule.effect} is learned, with an arrow from ${rule.cause}.`;
    case 'support':
      return `About ${Number((rule.least * 100).toPrecision(4))} % of the real rare rows lie farther out than that; it is judged row by row while rows are drawn.`;
    default:
      return null;
  }
}
