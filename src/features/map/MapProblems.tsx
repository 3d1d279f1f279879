import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { arrowText } from './arrowText';
import { useColumns, useMapFacts } from './mapFacts';

/** What stands in the way of an answer, and tags that the arrows contradict: told above every panel of the map. */
export function MapProblems() {
  const map = useStudio((s) => s.project.map);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const addNode = useStudio((s) => s.addNode);
  const goTo = useStudio((s) => s.goTo);
  const select = useStudio((s) => s.select);
  const facts = useMapFacts();
  const columns = useColumns();
  const isTargetOff = target !== null && !map.nodes.some(({ name }) => name === target);
  const strangers = hasTable
    ? map.nodes.filter(({ name, latent }) => !latent && !columns.has(name)).map(({ name }) => name)
    : [];
  const conflicts = [...facts.conflicts];
  if (!facts.problem && strangers.length === 0 && conflicts.length === 0) return null;
  return (
    <div className="map-problems">
      {facts.problem && (
        <Notice
          level={isTargetOff ? 'warning' : 'info'}
          action={
            <Button isSmall onClick={() => (isTargetOff ? addNode(target) : goTo('data'))}>
              {isTargetOff ? `Add ${target}` : 'Choose it'}
            </Button>
          }
        >
          {facts.problem}
        </Notice>
      )}
      {strangers.length > 0 && (
        <Notice level="warning">
          {strangers.length === 1 ? `${strangers[0]} has` : `${strangers.length} nodes have`} no column in the table
          {strangers.length > 1 && `: ${strangers.slice(0, 5).join(', ')}${strangers.length > 5 ? '…' : ''}`}. Remove
          them, or draw them as unrecorded variables.
        </Notice>
      )}
      {conflicts.map(([name, sentence]) => (
        <Notice
          key={name}
          level="warning"
          action={
            <Button isSmall onClick={() => select({ kind: 'map', nodes: [name], edges: [] })}>
              Repair
            </Button>
          }
        >
          {arrowText(sentence)}
        </Notice>
      ))}
    </div>
  );
}
