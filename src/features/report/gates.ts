import { counted, countText } from '../../ui/numbers';
import type { RunSummary, TestReport } from '../../worker/api';

/** One thing to have looked at before the file leaves. */
export interface Gate {
  readonly state: 'good' | 'warning' | 'open';
  readonly text: string;
  /** Where it is looked at. */
  readonly stage: 'generate' | 'test' | 'rules';
}

/** What speaks for and against this file; nothing here stops an export. */
export function gatesFor(
  run: RunSummary,
  changed: readonly string[],
  report: TestReport | null,
  isReportStale: boolean,
): readonly Gate[] {
  // The larger of the two readings: they must agree, and where they do not, the worse one stands.
  const broken = Math.max(
    run.ruleViolations.reduce((sum, { count }) => sum + count, 0),
    run.independent?.counts.reduce((sum, one) => sum + one.broken, 0) ?? 0,
  );
  const rules = run.ruleViolations.length;
  return [
    changed.length > 0
      ? {
          state: 'warning',
          text: `The rows are out of date: the ${changed.join(' and the ')} changed since they were made.`,
          stage: 'generate',
        }
      : { state: 'good', text: 'The rows belong to the present table, map, rules and settings.', stage: 'generate' },
    rules === 0
      ? { state: 'open', text: 'No rules were set: nothing but the map held the rows.', stage: 'rules' }
      : broken > 0
        ? { state: 'warning', text: `Rules are broken ${counted(broken, 'time')} by synthetic rows.`, stage: 'rules' }
        : { state: 'good', text: rulesKept(run, rules), stage: 'rules' },
    run.copies > 0
      ? {
          state: 'warning',
          text: `${counted(run.copies, 'synthetic row')} ${run.copies === 1 ? 'is a copy' : 'are copies'} of real rare rows.`,
          stage: 'generate',
        }
      : { state: 'good', text: 'No synthetic row is a copy of a real rare row.', stage: 'generate' },
    testGate(report, isReportStale),
  ];
}

/** Runs stored by an earlier build were not read a second time. */
function rulesKept({ independent, rows }: RunSummary, rules: number): string {
  const kept = `No synthetic row breaks any of the ${counted(rules, 'rule')}`;
  if (!independent) return `${kept}.`;
  const which = independent.rows === rows ? 'each row' : counted(independent.rows, 'row');
  return `${kept}, as a second, independent reading of ${which} confirms.`;
}

function testGate(report: TestReport | null, isStale: boolean): Gate {
  if (!report) return { state: 'open', text: 'Not tested yet: nobody knows what changed.', stage: 'test' };
  if (isStale) return { state: 'warning', text: 'The tests are out of date: run them again.', stage: 'test' };
  const { damaged, kept } = report.counts;
  const unknown = report.counts['cannot-tell'];
  if (damaged > 0)
    return { state: 'warning', text: `The tests found ${counted(damaged, 'damaged link')}.`, stage: 'test' };
  return {
    state: 'good',
    text: `The tests found no damage: ${countText(kept)} kept, ${countText(unknown)} that too few rows can tell.`,
    stage: 'test',
  };
}
