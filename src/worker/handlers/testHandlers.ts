import { EngineError } from '../../engine/errors';
import { checkMechanisms } from '../../engine/generation/checkMechanisms';
import { findRemedies } from '../../engine/generation/remedies';
import { secondOpinions } from '../../engine/generation/secondOpinions';
import { testArms } from '../../engine/generation/testArms';
import { testRun } from '../../engine/generation/testRun';
import type { GenerationSettings, Project } from '../../engine/project/project';
import type { RunRows } from '../api';
import { findRun, openTable, type Session } from '../session';
import { settle } from '../settle';
import type { TestApi } from '../testApi';

/** What can be asked about what a run did to the data. */
export const testHandlers = (session: Session): TestApi => ({
  test: (taskId, project, runId, onProgress, onResults) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, async (task) => {
        const run = testedRun(session, project, runId);
        const { table } = openTable(session);
        const report = await testRun(table, project, run, run.summary.seed, session.executor, task, onResults);
        return { runId, ...report };
      }),
    ),

  checkMechanisms: (taskId, project, runId, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        checkMechanisms(openTable(session).table, project, settingsOf(session, project, runId), session.executor, task),
      ),
    ),

  findRemedies: (taskId, project, runId, damaged, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        findRemedies(
          openTable(session).table,
          project,
          settingsOf(session, project, runId),
          damaged,
          session.executor,
          task,
        ),
      ),
    ),

  testArms: (taskId, project, generators, onProgress, onArm) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        testArms(openTable(session).table, project, generators, session.executor, task, onArm),
      ),
    ),

  secondOpinions: (taskId, project, runId, statement, comparison, onProgress) =>
    settle(() =>
      session.tasks.run(taskId, onProgress, (task) =>
        secondOpinions(
          openTable(session).table,
          project,
          testedRun(session, project, runId),
          statement,
          comparison,
          task,
        ),
      ),
    ),
});

/** @throws EngineError `no-run`; `bad-map` where the map has changed so far that the run lacks a column. */
function testedRun(session: Session, project: Project, runId: string): RunRows {
  const run = findRun(session, runId);
  const absent = project.map.nodes.find(({ name, latent }) => !latent && !run.columnNames.includes(name));
  if (absent)
    throw new EngineError('bad-map', `The synthetic rows were made without "${absent.name}": generate them again.`, {
      absent: absent.name,
    });
  return run;
}

/** The settings a run was made with, as the document records them; the document's own where it has no record. */
const settingsOf = (session: Session, project: Project, runId: string): GenerationSettings => {
  findRun(session, runId);
  return project.runs.find(({ id }) => id === runId)?.settings ?? project.generation;
};
