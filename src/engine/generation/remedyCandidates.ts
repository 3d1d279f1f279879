import type { SupportRule } from '../constraints/rule';
import type { StatementResult } from '../dependence/comparison';
import { generatorById } from '../generators/catalogue';
import { createEdge, type MapEdge } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { refusalOf } from '../graph/refusal';
import { defaultNodeSettings, isDefaultSettings } from '../project/nodeSettings';
import type { GenerationSettings, Project } from '../project/project';
import { noChange, type ProjectChange } from '../project/projectChange';
import { ancestorsOf } from '../scm/ancestors';
import type { NodeFit } from '../scm/fittedModel';

/** Something that may mend damage, not tried yet. */
export interface RemedyCandidate {
  readonly id: string;
  /** An order: "Take smaller steps (0.3 instead of 0.6)". */
  readonly label: string;
  readonly reason: string;
  readonly change: ProjectChange;
}

/** What candidates are read off. */
export interface Situation {
  readonly project: Project;
  /** The settings of the damaged run. */
  readonly settings: GenerationSettings;
  readonly damaged: readonly StatementResult[];
  /** What the run's mechanisms are; empty for generators without a map. */
  readonly fits: readonly NodeFit[];
}

const STEPS = [0.6, 0.3, 0.1] as const;
const MOST_ARROWS = 3;
const MOST_GUILTY = 2;
/** Least support asked of a row where no rule asked for any, and the most a rule is raised to. */
const SUPPORT = { first: 0.05, most: 0.2 };

/** Smaller steps, other nodes kept, another mechanism at the guilty nodes, a tighter rule, a missing arrow, weights. */
export const remedyCandidates = (situation: Situation): RemedyCandidate[] => [
  ...otherGenerator(situation),
  ...smallerSteps(situation),
  ...otherRedrawSet(situation),
  ...otherMechanisms(situation),
  ...tighterRule(situation),
  ...missingArrows(situation),
  ...weights(situation),
];

const isTwins = ({ settings }: Situation): boolean => settings.generator === 'twins';
const usesMap = ({ settings }: Situation): boolean => generatorById(settings.generator).usesMap;

const twinsOf = (settings: GenerationSettings): GenerationSettings => ({
  ...settings,
  generator: 'twins',
  redraw: settings.generator === 'twins' ? settings.redraw : null,
});

function otherGenerator(situation: Situation): RemedyCandidate[] {
  if (isTwins(situation)) return [];
  return [
    {
      id: 'twins',
      label: 'Make causal twins instead',
      reason: 'They follow the map, which the present generator does not know.',
      change: noChange(twinsOf(situation.settings)),
    },
  ];
}

function smallerSteps(situation: Situation): RemedyCandidate[] {
  const { settings } = situation;
  const now = settings.parameters.twins?.step ?? 0;
  return STEPS.filter((step) => !(isTwins(situation) && now > 0 && step >= now)).map((step) => ({
    id: `step-${step}`,
    label: isTwins(situation) ? `Trust the map less: steps of ${step}` : `Make causal twins with steps of ${step}`,
    reason: 'Smaller steps stay closer to real rows, which keep what the map does not know.',
    change: noChange({
      ...twinsOf(settings),
      parameters: { ...settings.parameters, twins: { ...settings.parameters.twins, step } },
    }),
  }));
}

function otherRedrawSet(situation: Situation): RemedyCandidate[] {
  const { project, settings, damaged } = situation;
  if (!isTwins(situation)) return [];
  const guilty = mostNamed(damaged, project, ({ x, y }) => [x, y]);
  const all = project.map.nodes.filter(({ latent }) => !latent).map(({ name }) => name);
  const redrawn = (settings.redraw ?? all).filter((name) => name !== project.target?.column);
  const kept = redrawn.filter((name) => !guilty.includes(name));
  if (guilty.length === 0 || kept.length === 0 || kept.length === redrawn.length) return [];
  return [
    {
      id: 'redraw',
      label: `Keep ${guilty.join(', ')} from the real row`,
      reason: 'What is not redrawn keeps the links it has; what it causes is still recomputed.',
      change: noChange({ ...settings, redraw: kept }),
    },
  ];
}

/**
 * Of the children at damaged arrows (else of the columns at damaged independences): what the expert had overridden given
 * back to the data; the family that came next in cross-validation; learning within each class, where the map allows it.
 */
function otherMechanisms(situation: Situation): RemedyCandidate[] {
  const { project, settings, damaged, fits } = situation;
  if (!usesMap(situation)) return [];
  const arrows = damaged.filter(({ statement }) => statement.kind === 'arrow');
  const guilty = mostNamed(arrows.length > 0 ? arrows : damaged, project, ({ kind, x, y }) =>
    kind === 'arrow' ? [y] : [x, y],
  );
  const dag = dagOf(project.map);
  const target = project.target?.column ?? '';
  const targetNode = dag.indexOf.get(target);
  const causesOfTarget = targetNode === undefined ? new Set<number>() : ancestorsOf(dag, targetNode);
  return guilty.flatMap((node) => {
    const own = project.mechanisms.find((one) => one.node === node) ?? defaultNodeSettings(node);
    const fit = fits.find((one) => one.node === node);
    const parents = fit?.parents ?? [];
    if (parents.length === 0) return [];
    const found: RemedyCandidate[] = [];
    const propose = (how: string, label: string, reason: string, changes: Partial<typeof own>) =>
      found.push({
        id: `mechanism-${node}-${how}`,
        label,
        reason,
        change: { ...noChange(settings), mechanism: { ...own, ...changes } },
      });
    if (!isDefaultSettings(own))
      propose('automatic', `Let the data choose how ${node} is learned`, `${node} is learned as you laid down.`, {
        ...defaultNodeSettings(node),
      });
    const next = fit?.tried.find(({ family }) => family !== fit.family && family !== own.family);
    if (next)
      propose(
        next.family,
        `Learn ${node} by ${next.label}`,
        `It predicted unseen rows next best, and ${node} is where most damage is.`,
        { family: next.family },
      );
    const index = dag.indexOf.get(node);
    if (!own.byClass && index !== undefined && !causesOfTarget.has(index) && !parents.includes(target))
      propose(
        'by-class',
        `Learn ${node} within each class of ${target}`,
        `Then the rare rows may have a mechanism of their own for ${node}; harmless where they have not.`,
        { byClass: true },
      );
    return found;
  });
}

/** A row may lie no farther out than so many of the real rare rows: the rule that keeps any damage near what has been seen. */
function tighterRule(situation: Situation): RemedyCandidate[] {
  if (!usesMap(situation)) return [];
  const { project, settings } = situation;
  const present = project.rules.find((rule): rule is SupportRule => rule.kind === 'support' && rule.enabled);
  const least = present ? Math.min(SUPPORT.most, 2 * present.least) : SUPPORT.first;
  if (present && least <= present.least) return [];
  const rule: SupportRule = present
    ? { ...present, least }
    : {
        kind: 'support',
        id: 'remedy-support',
        enabled: true,
        reason: 'Statements were damaged by rows far from every real one.',
        least,
      };
  return [
    {
      id: 'support',
      label: `${present ? 'Tighten the rule' : 'Add a rule'}: no row farther out than ${Number(((1 - least) * 100).toPrecision(4))} % of the real rare rows`,
      reason: 'What the map gets wrong shows most in rows where hardly any real one is.',
      change: { ...noChange(settings), rule },
    },
  ];
}

/** Columns that the map calls unlinked and the real rows link: the generator cannot keep what it is not told. */
function missingArrows(situation: Situation): RemedyCandidate[] {
  const { project, settings, damaged } = situation;
  const lost = damaged
    .filter(
      ({ statement, before, after, margin }) => statement.kind === 'independence' && before > margin && before > after,
    )
    .sort((a, b) => b.before - a.before);
  const found: MapEdge[] = [];
  const seen = new Set<string>();
  for (const { statement } of lost) {
    const pair = JSON.stringify([statement.x, statement.y].sort());
    if (seen.has(pair) || found.length >= MOST_ARROWS) continue;
    seen.add(pair);
    const [from, to] = [
      [statement.x, statement.y],
      [statement.y, statement.x],
    ].find(([a, b]) => refusalOf(project.map, a!, b!, '->') === null) ?? [null, null];
    if (from && to) found.push(createEdge(from, to));
  }
  return found.map((arrow) => ({
    id: `arrow-${arrow.from}-${arrow.to}`,
    label: `Draw ${arrow.from} -> ${arrow.to}${isTwins(situation) ? '' : ' and make causal twins'}`,
    reason: `The map says that ${arrow.from} and ${arrow.to} are not linked, and the real rows say that they are: only you can tell which way the arrow goes.`,
    change: { ...noChange(twinsOf(settings)), arrow },
  }));
}

/** Only where something is damaged without weights: inside the class they change nothing. */
function weights({ project, settings, damaged }: Situation): RemedyCandidate[] {
  if (project.tests.withWeights || !damaged.some(({ comparison }) => comparison === 'unweighted')) return [];
  return [
    {
      id: 'weights',
      label: 'Use the rows with their weights',
      reason: 'What balancing changes in the whole table, weights undo: give the weight column to whatever is trained.',
      change: { ...noChange(settings), withWeights: true },
    },
  ];
}

/** The columns most often named by damaged statements, at most two, the target apart. */
function mostNamed(
  damaged: readonly StatementResult[],
  project: Project,
  namesOf: (statement: StatementResult['statement']) => readonly string[],
): string[] {
  const counts = new Map<string, number>();
  for (const { statement } of damaged)
    for (const name of namesOf(statement))
      if (name !== project.target?.column) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_GUILTY)
    .map(([name]) => name);
}
