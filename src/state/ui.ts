import type { StateCreator } from 'zustand';
import type { EdgeKey } from '../engine/graph/causalMap';
import type { EffectKind } from '../engine/graph/effectGraph';
import type { PointLayer } from '../worker/inspectApi';
import type { StudioContext, StudioState } from './studioState';

export type Stage = 'data' | 'map' | 'rules' | 'diagnose' | 'generate' | 'inspect' | 'test' | 'report';
export type Theme = 'light' | 'dark' | 'system';
/** Which rows the views show beside the real ones: the compare switch of the top bar. */
export type CompareView = 'real' | 'smote' | 'causal' | 'both';

export type Selection =
  | { readonly kind: 'none' }
  /** Nodes and edges of the map; the inspector shows one, the canvas may hold several. */
  | { readonly kind: 'map'; readonly nodes: readonly string[]; readonly edges: readonly EdgeKey[] }
  | { readonly kind: 'row'; readonly layer: PointLayer; readonly row: number }
  | { readonly kind: 'statement'; readonly id: string };

/** What the command palette asks of the map canvas; `count` grows so that the same wish twice is two wishes. */
export interface CanvasRequest {
  readonly kind: 'fit' | 'layout' | 'draw-arrow' | 'add-column' | 'map-file';
  readonly count: number;
}

/** What the inspector tells of the map while nothing on it is selected. */
export type MapPanel = 'effect' | 'claims' | 'hints' | 'compare' | 'paper';
export type CanvasColours = 'effect' | 'data';

/** What the map is asked about exposure and outcome, and the columns held fixed in thought. */
export interface EffectQuestion {
  readonly effect: EffectKind;
  readonly held: readonly string[];
  /** Another outcome than the target; null for the target. */
  readonly outcome: string | null;
}

export interface Notification {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
  /** One thing that can be done about it, such as taking back what was done. */
  readonly action?: { readonly label: string; run(): void };
}

/** What is on screen; never part of the document or its history. */
export interface UiSlice {
  readonly stage: Stage;
  readonly theme: Theme;
  readonly selection: Selection;
  readonly compare: CompareView;
  readonly effectQuestion: EffectQuestion;
  /** What the colours of the arrows tell: the paths of the effect asked about, or what the data say of each arrow. */
  readonly canvasColours: CanvasColours;
  readonly mapPanel: MapPanel;
  /** Columns on the scatter's axes; null lets the view choose. */
  readonly scatterX: string | null;
  readonly scatterY: string | null;
  /** Pixels. */
  readonly dockHeight: number;
  readonly isDockOpen: boolean;
  /** The dock of Generate, which has a preview of its own: null until it is opened or closed there. */
  readonly isGenerateDockOpen: boolean | null;
  readonly isPaletteOpen: boolean;
  readonly isShortcutSheetOpen: boolean;
  /** The latest wish for the map canvas, which acts on it once. */
  readonly canvasRequest: CanvasRequest | null;
  /** Text of the polite live region; `announcementCount` grows so that equal texts are spoken again. */
  readonly announcement: string;
  readonly announcementCount: number;
  /** Messages for toasts, oldest first; the shell shows and dismisses them. */
  readonly notifications: readonly Notification[];

  goTo(stage: Stage): void;
  setTheme(theme: Theme): void;
  select(selection: Selection): void;
  askEffect(patch: Partial<EffectQuestion>): void;
  setCanvasColours(colours: CanvasColours): void;
  showMapPanel(panel: MapPanel): void;
  setCompare(compare: CompareView): void;
  setScatterAxes(x: string | null, y: string | null): void;
  /** Opens or closes the dock of the stage that is shown; its height is the same everywhere. */
  setDock(patch: { readonly height?: number; readonly isOpen?: boolean }): void;
  setPaletteOpen(isOpen: boolean): void;
  setShortcutSheetOpen(isOpen: boolean): void;
  /** Goes to the map and asks its canvas to act. */
  requestCanvas(kind: CanvasRequest['kind']): void;
  announce(text: string): void;
  notify(level: Notification['level'], text: string, action?: Notification['action']): void;
  dismissNotification(id: number): void;
}

/** Stages whose dock is open or closed on its own. */
const dockKeys: Partial<Record<Stage, 'isInspectDockOpen' | 'isGenerateDockOpen'>> = {
  inspect: 'isInspectDockOpen',
  generate: 'isGenerateDockOpen',
};
/** In a lower window, in pixels, the dock would take half of what Generate has. */
const TALL_WINDOW = 900;

/** Whether the stage that is shown has its dock open, in a window this high. */
export function isDockShown(state: StudioState, windowHeight: number): boolean {
  if (state.stage === 'inspect') return state.isInspectDockOpen;
  if (state.stage === 'generate') return state.isGenerateDockOpen ?? (state.isDockOpen && windowHeight >= TALL_WINDOW);
  return state.isDockOpen;
}

export const nothingSelected: Selection = { kind: 'none' };

export const createUiSlice =
  (_: StudioContext): StateCreator<StudioState, [], [], UiSlice> =>
  (set) => {
    let issued = 0;
    return {
      stage: 'map',
      theme: 'system',
      selection: nothingSelected,
      compare: 'causal',
      effectQuestion: { effect: 'total', held: [], outcome: null },
      canvasColours: 'effect',
      mapPanel: 'effect',
      scatterX: null,
      scatterY: null,
      dockHeight: 228,
      isDockOpen: true,
      isGenerateDockOpen: null,
      isPaletteOpen: false,
      isShortcutSheetOpen: false,
      canvasRequest: null,
      announcement: '',
      announcementCount: 0,
      notifications: [],

      goTo: (stage) => set({ stage }),
      setTheme: (theme) => set({ theme }),
      select: (selection) => set({ selection }),
      askEffect: (patch) => set((state) => ({ effectQuestion: { ...state.effectQuestion, ...patch } })),
      setCanvasColours: (canvasColours) => set({ canvasColours }),
      showMapPanel: (mapPanel) => set({ mapPanel }),
      setCompare: (compare) => set({ compare }),
      setScatterAxes: (scatterX, scatterY) => set({ scatterX, scatterY }),
      setDock: ({ height, isOpen }) =>
        set((state) => ({
          dockHeight: height ?? state.dockHeight,
          ...(isOpen === undefined ? {} : { [dockKeys[state.stage] ?? 'isDockOpen']: isOpen }),
        })),
      setPaletteOpen: (isPaletteOpen) => set({ isPaletteOpen }),
      setShortcutSheetOpen: (isShortcutSheetOpen) => set({ isShortcutSheetOpen }),
      requestCanvas: (kind) =>
        set((state) => ({ stage: 'map', canvasRequest: { kind, count: (state.canvasRequest?.count ?? 0) + 1 } })),
      announce: (announcement) => set((state) => ({ announcement, announcementCount: state.announcementCount + 1 })),
      notify: (level, text, action) =>
        set((state) => ({
          notifications: [...state.notifications, { id: ++issued, level, text, ...(action && { action }) }],
        })),
      dismissNotification: (id) =>
        set((state) => ({ notifications: state.notifications.filter((one) => one.id !== id) })),
    };
  };
