import { findRules } from '../../engine/constraints/found/findRules';
import { reviewRules } from '../../engine/constraints/reviewRules';
import { rawCells } from '../../engine/data/cellText';
import type { EngineApi } from '../api';
import { classesOf, openTable, type Session } from '../session';
import { settle } from '../settle';

type RuleHandlers = Pick<EngineApi, 'checkRules' | 'findRules' | 'readRows'>;

/** What can be asked about rules: how the real rows take them, and which ones the rows suggest. */
export const ruleHandlers = (session: Session): RuleHandlers => ({
  checkRules: (rules, target) =>
    settle(() =>
      reviewRules(
        openTable(session).table,
        rules,
        target && {
          outcome: { column: target.column, levels: target.rareLevels },
          classes: classesOf(session, target),
        },
      ),
    ),

  findRules: (taskId, rules, target, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        findRules(openTable(session).table, rules, target?.column ?? null, task),
      ),
    ),

  readRows: (rows) =>
    settle(() => {
      const { table } = openTable(session);
      return rows.map((row) => ({ row, cells: rawCells(table, row) }));
    }),
});
