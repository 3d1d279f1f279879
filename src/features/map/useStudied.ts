import { ofProject, type Studied, studyInputs } from '../../state/mapStudy';
import { useStudio } from '../../state/StudioProvider';
import type { StudioState } from '../../state/studioState';

/** The answer about the open project, and whether it is about the map and the table as they are now. */
export function useStudied<T>(select: (state: StudioState) => Studied<T> | null): {
  readonly found: Studied<T> | null;
  readonly isCurrent: boolean;
} {
  const found = useStudio((s) => ofProject(select(s), s.projectId));
  const isCurrent = useStudio((s) => found !== null && studyInputs(s) === found.inputs);
  return { found, isCurrent };
}
