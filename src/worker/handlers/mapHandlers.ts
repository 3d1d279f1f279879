import { type Frame, frameOf } from '../../engine/data/frame';
import { rowUnits } from '../../engine/data/rowUnits';
import { isCarriedKind, learnedRows, type Table } from '../../engine/data/table';
import { checkMapAgainstData } from '../../engine/dependence/mapCheck';
import { mapStatements } from '../../engine/dependence/mapStatements';
import { suggestArrows } from '../../engine/discovery/suggestArrows';
import { falsifyMap } from '../../engine/falsification/falsifyMap';
import type { CausalMap } from '../../engine/graph/causalMap';
import type { StudyDesign } from '../../engine/project/project';
import type { EngineApi } from '../api';
import { openTable, type Session } from '../session';
import { settle } from '../settle';

type MapHandlers = Pick<EngineApi, 'checkMap' | 'falsifyMap' | 'suggestArrows'>;

/** What the real rows say of the map. A node that is no column yet, or is an id, cannot be tested; the others still can. */
export const mapHandlers = (session: Session): MapHandlers => ({
  checkMap: (taskId, { map, target, design }, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) => {
        const { frame, names } = columnsOnMap(session, map);
        const statements = mapStatements(map, target?.column ?? null)
          .filter(
            ({ statement, insideClassOnly }) =>
              !insideClassOnly && [statement.x, statement.y, ...statement.given].every((name) => names.has(name)),
          )
          .map(({ statement }) => statement);
        return checkMapAgainstData(frame, statements, task, unitsOf(openTable(session).table, design));
      }),
    ),

  falsifyMap: (taskId, map, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) => falsifyMap(columnsOnMap(session, map).frame, map, {}, task)),
    ),

  suggestArrows: (taskId, map, method, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        suggestArrows(columnsOnMap(session, map).frame, map, { method }, task),
      ),
    ),
});

function columnsOnMap(
  session: Session,
  map: CausalMap,
): { readonly frame: Frame; readonly names: ReadonlySet<string> } {
  const { table } = openTable(session);
  const known = new Set(table.columns.filter(({ kind }) => !isCarriedKind(kind)).map(({ name }) => name));
  const names = map.nodes.filter(({ name, latent }) => !latent && known.has(name)).map(({ name }) => name);
  return { frame: frameOf(table, names, learnedRows(table)), names: new Set(names) };
}

const unitsOf = (table: Table, design: StudyDesign | undefined) =>
  rowUnits(table, design?.groups ?? [], learnedRows(table) ?? Int32Array.from({ length: table.rows }, (_, row) => row));
