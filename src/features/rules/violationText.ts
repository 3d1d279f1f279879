import { counted, countText } from '../../ui/numbers';
import type { RuleCheck } from '../../worker/api';

/** How the real rows take a rule, in a sentence. */
export function violationText(check: RuleCheck, rows: number): string {
  const { realViolations: broken, realRareViolations: rare } = check;
  if (broken === 0) return `None of ${counted(rows, 'real row')} breaks it.`;
  const verb = broken === 1 ? 'breaks' : 'break';
  const ofRare = rare === 0 ? 'none of them rare' : `${countText(rare)} of them rare`;
  return `${countText(broken)} of ${counted(rows, 'real row')} ${verb} it, ${ofRare}: is the rule wrong, or the data?`;
}
