import type { CausalMap } from './causalMap';
import { essentialGraph } from './cpdag';
import { dagOf } from './dag';
import type { EffectAnswer } from './effectAnswer';
import { estimandText } from './estimand';
import { oneImplicationPerPair } from './implications';
import { listed, shownName } from './path';
import { projectLatents } from './projection';

/** What the data said to the claims of the map; see `checkMapAgainstData`. */
export interface CheckedClaims {
  readonly agrees: number;
  readonly refuted: readonly { readonly x: string; readonly y: string; readonly given: readonly string[] }[];
  readonly cannotTell: number;
}

/** More names than this are counted rather than listed. */
const MOST_NAMED = 8;

/**
 * A paragraph on a map that a paper could print: what is assumed, what of it can be tested, what was tested, and what rests on
 * trust. Every number in it is counted from the map and from `checked` (null when no data were asked).
 */
export function assumptionsText(map: CausalMap, effect: EffectAnswer | null, checked: CheckedClaims | null): string {
  const dag = dagOf(map);
  const recorded = map.nodes.filter(({ latent }) => !latent);
  const hidden = map.nodes.filter(({ latent }) => latent);
  const arrows = map.edges.filter(({ kind }) => kind === '->');
  const ties = map.edges.filter(({ kind }) => kind === '<->');
  const observed = projectLatents(map);
  const joined = new Set(observed.edges.map(({ from, to }) => JSON.stringify([from, to].sort())));
  const absent = (recorded.length * (recorded.length - 1)) / 2 - joined.size;
  const testable = oneImplicationPerPair(dag).length;
  const chosen = map.nodes.filter(({ selected }) => selected);
  const sentences = [
    `We assume the causal diagram of ${count(recorded.length, 'recorded variable')} with ${count(arrows.length, 'arrow')}${ties.length > 0 ? ` and ${count(ties.length, 'unrecorded common cause')} drawn as a double arrow` : ''}${hidden.length > 0 ? `, and ${count(hidden.length, 'unrecorded variable')} (${names(hidden.map(({ name }) => name))})` : ''}.`,
    ...(chosen.length > 0 ? [`Rows entered the table by the value of ${names(chosen.map(({ name }) => name))}.`] : []),
    `Every pair of variables without an edge, ${count(absent, 'pair')} in all, is assumed to have no direct effect on each other and no common cause beyond those drawn.`,
    grounds(map),
    `Of these missing edges, ${testable} ${testable === 1 ? 'implies' : 'imply'} a conditional independence that recorded data can contradict${absent > testable ? `; the other ${absent - testable} ${absent - testable === 1 ? 'rests' : 'rest'} on knowledge alone` : ''}.`,
    tested(checked),
    directions(map),
    effect ? effectSentence(effect) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

const shortened = (texts: readonly string[]): string =>
  texts.length > MOST_NAMED
    ? `${texts.slice(0, MOST_NAMED).join(', ')} and ${texts.length - MOST_NAMED} more`
    : listed(texts);

const names = (list: readonly string[]): string => shortened(list.map(shownName));

const edges = (list: readonly { readonly from: string; readonly to: string; readonly kind?: string }[]): string =>
  shortened(list.map(({ from, to, kind = '->' }) => `${shownName(from)} ${kind} ${shownName(to)}`));

function grounds({ edges: drawn }: CausalMap): string {
  if (drawn.length === 0) return '';
  const withReason = drawn.filter(({ reason, source }) => reason !== '' || source !== '').length;
  const sources = [...new Set(drawn.map(({ source }) => source.trim()).filter((source) => source !== ''))];
  const certain = drawn.filter(({ confidence }) => confidence === 'certain').length;
  const guesses = drawn.filter(({ confidence }) => confidence === 'guess');
  const parts = [
    `A reason or source was recorded for ${withReason} of the ${count(drawn.length, 'edge')}${sources.length > 0 ? ` (${sources.slice(0, MOST_NAMED).join('; ')}${sources.length > MOST_NAMED ? `; and ${sources.length - MOST_NAMED} more` : ''})` : ''}`,
    certain > 0 ? `${certain} ${certain === 1 ? 'is' : 'are'} held to be certain` : '',
    guesses.length > 0
      ? `${guesses.length === 1 ? 'one is a guess' : `${guesses.length} are guesses`} (${edges(guesses)})`
      : '',
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function tested(checked: CheckedClaims | null): string {
  if (checked === null) return 'None of them was tested against data.';
  const { agrees, refuted, cannotTell } = checked;
  const total = agrees + refuted.length + cannotTell;
  if (total === 0) return 'None of them could be tested against the data at hand.';
  const shown = refuted.map(
    ({ x, y, given }) => `${shownName(x)} and ${shownName(y)}${given.length > 0 ? ` given ${names(given)}` : ''}`,
  );
  return `Tested on the data at hand, ${agrees} of ${total} agreed within the margin of practical equivalence, ${cannotTell} could not be decided, and ${refuted.length} ${refuted.length === 1 ? 'was' : 'were'} refuted${shown.length > 0 ? ` (${shown.slice(0, MOST_NAMED).join('; ')}${shown.length > MOST_NAMED ? '; and more' : ''})` : ''}. Agreement does not prove the diagram: other diagrams imply the same independences.`;
}

function directions(map: CausalMap): string {
  if (map.nodes.some(({ latent }) => latent)) return '';
  const essential = essentialGraph(dagOf(map));
  if (essential === null || essential.undirected.length === 0) return '';
  const { undirected } = essential;
  return `The direction of ${undirected.length === 1 ? 'one arrow' : `${undirected.length} arrows`} cannot be told from data of any size without further assumptions (${edges(undirected.map(([from, to]) => ({ from, to })))}): ${undirected.length === 1 ? 'it rests' : 'they rest'} on knowledge of time and mechanism.`;
}

function effectSentence({ asked, verdict, sets, otherWays }: EffectAnswer): string {
  const effect = `the ${asked.effect} effect of ${shownName(asked.exposure)} on ${shownName(asked.outcome)}`;
  const held = asked.held.length > 0 ? names(asked.held) : 'nothing';
  if (verdict.valid) return `Under the diagram, holding ${held} fixed is enough to read ${effect}.`;
  const [set] = sets;
  if (set)
    return `Under the diagram, ${effect} can be read by holding ${set.length > 0 ? names(set) : 'nothing'} fixed.`;
  if (otherWays?.identification.isIdentified)
    return `Under the diagram, no set of recorded variables is enough to hold fixed, but ${effect} equals ${estimandText(otherWays.identification.estimand)}.`;
  return otherWays
    ? `Under the diagram, ${effect} cannot be learned from the recorded variables without assumptions on the form of the mechanisms.`
    : `Under the diagram, no set of recorded variables is enough to hold fixed to read ${effect}.`;
}
