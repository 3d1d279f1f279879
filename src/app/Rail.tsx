import {
  ChartScatter,
  Check,
  Clock,
  FileText,
  FlaskConical,
  LoaderCircle,
  Scale,
  Sparkles,
  Stethoscope,
  Table2,
  Waypoints,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useStudio } from '../state/StudioProvider';
import type { Stage } from '../state/ui';
import { type StageState, stageState, stateInWords } from './stageStates';

export const stages: readonly {
  readonly id: Stage;
  readonly label: string;
  readonly icon: ComponentType<{ size: number; 'aria-hidden': true }>;
}[] = [
  { id: 'data', label: 'Data', icon: Table2 },
  { id: 'map', label: 'Map', icon: Waypoints },
  { id: 'rules', label: 'Rules', icon: Scale },
  { id: 'diagnose', label: 'Diagnose', icon: Stethoscope },
  { id: 'generate', label: 'Generate', icon: Sparkles },
  { id: 'inspect', label: 'Inspect', icon: ChartScatter },
  { id: 'test', label: 'Test', icon: FlaskConical },
  { id: 'report', label: 'Report', icon: FileText },
];

function StateMark({ state }: { readonly state: StageState }) {
  if (state.kind === 'problems') return <span className="rail-mark rail-mark-problems number">{state.count}</span>;
  if (state.kind === 'stale')
    return (
      <span className="rail-mark rail-mark-stale">
        <Clock size={11} aria-hidden />
      </span>
    );
  if (state.kind === 'running')
    return (
      <span className="rail-mark rail-mark-running">
        <LoaderCircle size={11} aria-hidden className="spin" />
      </span>
    );
  if (state.kind === 'ready')
    return (
      <span className="rail-mark rail-mark-ready">
        <Check size={11} aria-hidden />
      </span>
    );
  return null;
}

function RailItem({ id, label, icon: Icon, index }: (typeof stages)[number] & { readonly index: number }) {
  const isCurrent = useStudio((s) => s.stage === id);
  const state = useStudio(useShallow((s) => stageState(s, id)));
  const goTo = useStudio((s) => s.goTo);
  const words = stateInWords(state);
  return (
    <button
      type="button"
      className="rail-item"
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={`${label}, ${words}`}
      title={`${label}: ${words} (Alt+${index + 1})`}
      onClick={() => goTo(id)}
    >
      <span className="rail-icon">
        <Icon size={18} aria-hidden />
        <StateMark state={state} />
      </span>
      <span>{label}</span>
    </button>
  );
}

/** The stages in the order of the work, each with how it stands. */
export function Rail() {
  return (
    <nav className="rail" aria-label="Stages">
      {stages.map((stage, index) => (
        <RailItem key={stage.id} {...stage} index={index} />
      ))}
    </nav>
  );
}
