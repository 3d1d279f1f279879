import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { MapNode } from '../../engine/graph/causalMap';
import { editInWords } from '../../engine/graph/mapEdit';
import { editsThatMakeTrue } from '../../engine/graph/tagConflict';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { arrowText } from './arrowText';
import { ColumnHistogram } from './ColumnHistogram';
import { tagOptions, tierOptions } from './choices';
import { Emphasised } from './Emphasised';
import { KindMark, kindWords } from './KindMark';
import { roleNames, useColumns, useMapFacts, useQuestion } from './mapFacts';
import { RulesAbout } from './RulesAbout';

export function NodeInspector({ node }: { readonly node: MapNode }) {
  const store = useStudioStore();
  const studio = () => store.getState();
  const { name, latent, tag, note, tier, sensitive, fixed, selected } = node;
  const refusal = useStudio((s) => s.refusal);
  const column = useColumns().get(name);
  const facts = useMapFacts();
  const roles = facts.roles.get(name) ?? [];
  const conflict = facts.conflicts.get(name);
  const target = useStudio((s) => s.project.target?.column ?? null);
  const exposure = useStudio((s) => s.project.exposure);
  const edges = useStudio((s) => s.project.map.edges);
  const lanes = useStudio((s) => s.project.map.lanes);
  const hasTable = useStudio((s) => s.loadedData !== null);
  const causes = edges.filter(({ to, kind }) => kind === '->' && to === name).map(({ from }) => from);
  const effects = edges.filter(({ from, kind }) => kind === '->' && from === name).map(({ to }) => to);
  const tied = edges.filter((e) => e.kind === '<->' && (e.from === name || e.to === name));

  return (
    <Panel title={name} isPlain actions={<KindMark kind={latent ? 'latent' : (column?.kind ?? 'nominal')} size={15} />}>
      <p className="muted">
        {latent
          ? 'Not recorded: it has no column, but it may cause what has one.'
          : column
            ? `${kindWords[column.kind]}, ${column.distinct.toLocaleString('en')} different values${column.missing > 0 ? `, ${column.missing.toLocaleString('en')} missing` : ''}`
            : hasTable
              ? 'The table has no column of this name.'
              : ''}
      </p>
      {!latent && column && <ColumnHistogram column={name} width={276} height={64} />}
      {latent && (
        <div id="node-name">
          <TextField label="Name" value={name} onChange={(next) => studio().renameLatent(name, next)} />
        </div>
      )}

      <section className="inspector-section">
        <h3>By your arrows</h3>
        {facts.problem && <p className="muted">{facts.problem}</p>}
        {roles.map(({ role, sentence, paths }) => (
          <div key={role} className="role-proof">
            <Badge tone={role === 'outcome' || role === 'exposure' ? 'accent' : 'neutral'}>{roleNames[role]}</Badge>
            <p>
              <Emphasised text={sentence} />
            </p>
            {paths.map(({ text }) => (
              <p key={text} className="path-text">
                {arrowText(text)}
              </p>
            ))}
          </div>
        ))}
      </section>

      <Select
        label="Your tag"
        value={tag ?? ''}
        options={tagOptions}
        hint="What you hold it to be. It is checked against the arrows, never used in their place."
        onChange={(value) => studio().setTag(name, value === '' ? null : value)}
      />
      {conflict && (
        <Notice
          level="warning"
          action={
            <Button isSmall onClick={() => studio().setTag(name, null)}>
              Take off
            </Button>
          }
        >
          {arrowText(conflict)}
        </Notice>
      )}
      {conflict && <TagEdits node={node} />}
      {name !== target && !latent && (
        <Button onClick={() => studio().setExposure(exposure === name ? null : name)}>
          {exposure === name ? 'No longer the exposure' : 'Make it the exposure'}
        </Button>
      )}

      <section className="inspector-section">
        <h3>Causes ({causes.length})</h3>
        <NodeLinks names={causes} none="Nothing on the map causes it." />
        <h3>Effects ({effects.length})</h3>
        <NodeLinks names={effects} none="It causes nothing on the map." />
        {tied.length > 0 && (
          <>
            <h3>Unrecorded common cause with ({tied.length})</h3>
            <NodeLinks names={tied.map(({ from, to }) => (from === name ? to : from))} none="" />
          </>
        )}
      </section>
      <Select
        label="Tier in time"
        hint="0 is earliest. No arrow may point to an earlier tier."
        value={tier === null ? '' : String(tier)}
        options={tierOptions(lanes, tier)}
        onChange={(next) => studio().setTier(name, next === '' ? null : Number(next))}
      />
      {refusal && <Notice level="warning">{refusal.message}</Notice>}
      <Switch
        label="Sensitive"
        hint="A protected attribute, such as sex or ethnic origin."
        isOn={sensitive}
        onChange={(next) => studio().describeNode(name, { sensitive: next })}
      />
      <Switch
        label="Cannot be changed"
        hint="Such as age: no action on it can be recommended."
        isOn={fixed}
        onChange={(next) => studio().describeNode(name, { fixed: next })}
      />
      <Switch
        label="Rows were chosen by it"
        hint="As when only patients who came back are in the table: it counts as held fixed in every question."
        isOn={selected}
        onChange={(next) => studio().describeNode(name, { selected: next })}
      />
      {!latent && column && <RulesAbout about="column" columns={[name]} />}
      <TextField label="Note" isMultiline value={note} onChange={(next) => studio().setNote(name, next)} />
      <div>
        <Button look="danger" isSmall icon={<Trash2 size={14} />} onClick={() => studio().removeFromMap([name], [])}>
          Remove from the map
        </Button>
      </div>
    </Panel>
  );
}

/** The smallest changes of arrows that would make the tag true; each is one click and one step for undo. */
function TagEdits({ node: { name, tag } }: { readonly node: MapNode }) {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const { exposure, outcome } = useQuestion();
  const ways = useMemo(
    () =>
      tag && exposure !== null && outcome !== null && name !== exposure && name !== outcome
        ? editsThatMakeTrue(map, name, tag, exposure, outcome)
        : [],
    [map, name, tag, exposure, outcome],
  );
  if (ways.length === 0) return null;
  return (
    <section className="inspector-section" aria-label="Make the tag true">
      <h3>Make the tag true</h3>
      <ul className="offers">
        {ways.map((way) => {
          const label = way.map(editInWords).join(', and ');
          return (
            <li key={label}>
              <Button isSmall onClick={() => store.getState().applyMapEdits(way)}>
                {arrowText(label.charAt(0).toUpperCase() + label.slice(1))}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function NodeLinks({ names, none }: { readonly names: readonly string[]; readonly none: string }) {
  const select = useStudio((s) => s.select);
  if (names.length === 0) return <p className="muted">{none}</p>;
  return (
    <ul className="row-wrap" style={{ gap: 4 }}>
      {names.map((name) => (
        <li key={name} style={{ maxWidth: '100%' }}>
          <button
            type="button"
            className="node-link truncate"
            onClick={() => select({ kind: 'map', nodes: [name], edges: [] })}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}
