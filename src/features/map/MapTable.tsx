import { ArrowLeftRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MapEdge, RoleTag } from '../../engine/graph/causalMap';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Notice } from '../../ui/Notice';
import { Select } from '../../ui/Select';
import { TextField } from '../../ui/TextField';
import { tagOptions, tierOptions } from './choices';
import { verdictWords } from './flowModel';
import { arrowStrength, roleNames, useCheckedMap, useMapFacts } from './mapFacts';

const kinds = [
  { value: '->' as const, label: '→ causes' },
  { value: '<->' as const, label: '↔ shares an unrecorded cause with' },
];

/** The map as lists: the same edits as on the canvas, by keyboard and screen reader. */
export function MapTable() {
  return (
    <div className="map-table">
      <AddArrow />
      <ArrowList />
      <NodeList />
      <ForbiddenList />
    </div>
  );
}

function AddArrow() {
  const store = useStudioStore();
  const names = useStudio((s) => s.project.map.nodes);
  const refusal = useStudio((s) => s.refusal);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<MapEdge['kind']>('->');
  const options = [{ value: '', label: 'Choose…' }, ...names.map(({ name }) => ({ value: name, label: name }))];
  const add = () => {
    const studio = store.getState();
    const refused = studio.connect(from, to, kind);
    studio.announce(refused ? `Not drawn. ${refused.message}` : `${from} ${kind} ${to} drawn.`);
    if (!refused) setTo('');
  };
  return (
    <section className="panel" aria-label="Add an arrow">
      <div className="add-arrow">
        <Select label="Cause" value={from} options={options} onChange={setFrom} />
        <Select<MapEdge['kind']> label="Kind" value={kind} options={kinds} onChange={setKind} />
        <Select label="Effect" value={to} options={options} onChange={setTo} />
        <Button look="primary" disabled={from === '' || to === ''} onClick={add}>
          Add arrow
        </Button>
      </div>
      {refusal && (
        <div className="add-arrow-refusal">
          <Notice level="warning">{refusal.message}</Notice>
        </div>
      )}
    </section>
  );
}

function ArrowList() {
  const store = useStudioStore();
  const checked = useCheckedMap();
  const map = useStudio((s) => s.project.map);
  const { edges } = map;
  if (edges.length === 0) return <EmptyState text="No arrows yet: choose a cause and an effect above." />;
  return (
    <table className="map-list">
      <caption>
        {edges.length} {edges.length === 1 ? 'arrow' : 'arrows'}
      </caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Kind</th>
          <th scope="col">To</th>
          <th scope="col">Strength</th>
          <th scope="col">Verdict</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => {
          const strength = arrowStrength(checked, map, edge);
          return (
            <tr key={JSON.stringify([edge.from, edge.to, edge.kind])}>
              <td>{edge.from}</td>
              <td>
                <Select
                  label={`Kind of ${edge.from} ${edge.kind} ${edge.to}`}
                  hasHiddenLabel
                  value={edge.kind}
                  options={[
                    { value: '->', label: '→' },
                    { value: '<->', label: '↔' },
                  ]}
                  onChange={(kind) => store.getState().setEdgeKind(edge, kind)}
                />
              </td>
              <td>{edge.to}</td>
              <td className="number">
                {strength
                  ? `${strength.effect.toFixed(2)} (${strength.low.toFixed(2)} to ${strength.high.toFixed(2)})`
                  : ''}
              </td>
              <td>{strength ? verdictWords[strength.verdict] : ''}</td>
              <td>
                <div className="row" style={{ gap: 0 }}>
                  <IconButton
                    label={`Reverse ${edge.from} ${edge.kind} ${edge.to}`}
                    icon={<ArrowLeftRight size={15} />}
                    disabled={edge.kind === '<->'}
                    onClick={() => store.getState().flipEdge(edge)}
                  />
                  <IconButton
                    label={`Remove ${edge.from} ${edge.kind} ${edge.to}`}
                    icon={<Trash2 size={15} />}
                    onClick={() => store.getState().removeFromMap([], [edge])}
                  />
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function NodeList() {
  const store = useStudioStore();
  const map = useStudio((s) => s.project.map);
  const { nodes } = map;
  const selection = useStudio((s) => s.selection);
  const facts = useMapFacts();
  if (nodes.length === 0) return null;
  const selected = selection.kind === 'map' ? selection.nodes : [];
  return (
    <table className="map-list map-nodes">
      <caption>
        {nodes.length} {nodes.length === 1 ? 'node' : 'nodes'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role by the arrows</th>
          <th scope="col">Your tag</th>
          <th scope="col">Tier</th>
          <th scope="col">Note</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ name, latent, tag, tier, note }) => (
          <tr key={name} aria-selected={selected.includes(name)}>
            <td>
              <button
                type="button"
                className="link-button"
                onClick={() => store.getState().select({ kind: 'map', nodes: [name], edges: [] })}
              >
                {name}
              </button>
              {latent && <span className="muted"> (not recorded)</span>}
            </td>
            <td>{(facts.roles.get(name) ?? []).map(({ role }) => roleNames[role]).join(', ')}</td>
            <td>
              <Select<RoleTag | ''>
                label={`Tag of ${name}`}
                hasHiddenLabel
                value={tag ?? ''}
                options={tagOptions}
                onChange={(value) => store.getState().setTag(name, value === '' ? null : value)}
              />
              {facts.conflicts.has(name) && <span className="conflict-text"> contradicts the arrows</span>}
            </td>
            <td>
              <Select
                label={`Tier of ${name}`}
                hasHiddenLabel
                value={tier === null ? '' : String(tier)}
                options={tierOptions(map.lanes, tier)}
                onChange={(value) => store.getState().setTier(name, value === '' ? null : Number(value))}
              />
            </td>
            <td>
              <TextField
                label={`Note on ${name}`}
                hasHiddenLabel
                value={note}
                onChange={(value) => store.getState().setNote(name, value)}
              />
            </td>
            <td>
              <IconButton
                label={`Remove ${name}`}
                icon={<Trash2 size={15} />}
                onClick={() => store.getState().removeFromMap([name], [])}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Arrows that must not be: refused when drawn, and never suggested by the data. */
function ForbiddenList() {
  const store = useStudioStore();
  const nodes = useStudio((s) => s.project.map.nodes);
  const forbidden = useStudio((s) => s.project.map.forbidden);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const options = [{ value: '', label: 'Choose…' }, ...nodes.map(({ name }) => ({ value: name, label: name }))];
  return (
    <section aria-label="Arrows that must not be">
      <h3 className="map-list-title">
        {forbidden?.length ?? 0} {forbidden?.length === 1 ? 'arrow that must not be' : 'arrows that must not be'}
      </h3>
      {forbidden?.map((arrow) => (
        <div key={JSON.stringify([arrow.from, arrow.to])} className="row">
          <span className="grow">
            {arrow.from} → {arrow.to}
          </span>
          <IconButton
            label={`Allow ${arrow.from} → ${arrow.to}`}
            icon={<Trash2 size={15} />}
            onClick={() => store.getState().setForbidden(arrow.from, arrow.to, false)}
          />
        </div>
      ))}
      <div className="add-arrow">
        <Select label="Never from" value={from} options={options} onChange={setFrom} />
        <Select label="to" value={to} options={options} onChange={setTo} />
        <Button
          disabled={from === '' || to === '' || from === to}
          onClick={() => store.getState().setForbidden(from, to, true)}
        >
          Forbid the arrow
        </Button>
      </div>
    </section>
  );
}
