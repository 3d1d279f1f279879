import { frameOf } from '../data/frame';
import { requireTarget } from '../data/reviewTarget';
import { rowUnits } from '../data/rowUnits';
import { isCarriedKind, learnedRows, type Table } from '../data/table';
import type { Project } from '../project/project';
import type { Task } from '../task';
import { diagnose } from './diagnose';
import type { Diagnosis } from './diagnosis';

/** What a project says of where to look. */
export type DiagnosedProject = Pick<Project, 'target' | 'map' | 'exposure' | 'design'>;

/**
 * The diagnosis of a project's table: every column that can be learned from, in the rows whose target is known.
 * @param refutedClaims Claims of the map that the data refute, as far as they have been tested.
 * @throws EngineError as `requireTarget` and `diagnose`; null where the project has no target.
 */
export async function diagnosisOf(
  table: Table,
  { target, map, exposure, design }: DiagnosedProject,
  refutedClaims: number,
  task: Task,
): Promise<Diagnosis | null> {
  if (!target) return null;
  const { column, rareCodes } = requireTarget(table, target);
  const names = table.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name);
  const learned = learnedRows(table) ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const rows = learned.filter((row) => column.codes[row]! >= 0);
  const frame = frameOf(table, names, rows);
  return diagnose(
    {
      frame,
      units: rowUnits(table, design?.groups ?? [], rows),
      target: target.column,
      rareCodes,
      map,
      exposure,
      time: design?.time ?? null,
      refutedClaims,
    },
    task,
  );
}
