import type { CausalMap } from '../graph/causalMap';
import { type Diagnosis, SURE } from './diagnosis';

/** What to do, in one word. */
export type StrategyVerdict = 'do-not-augment' | 'collect-first' | 'map-first' | 'with-care' | 'augment';

export interface StrategyLine {
  readonly level: 'info' | 'warning';
  /** One or two plain sentences: the finding, and what follows from it. */
  readonly text: string;
  readonly goTo: 'data' | 'map' | 'rules' | 'generate' | null;
}

export interface Strategy {
  readonly verdict: StrategyVerdict;
  readonly headline: string;
  /** Why, the weightiest first. */
  readonly lines: readonly StrategyLine[];
}

/** A table of fewer rare rows cannot be validated, whatever is made from them. */
const FEWEST_ROWS = 10;
/** Above this share nothing is rare. */
const COMMON_SHARE = 0.35;
/** From here on a model learns from the rare rows as they are; weights or a threshold then do what balancing does. */
const MANY_ROWS = 1000;
const MANY_CASES = 20;
/** Share of rows without a counterpart beyond which an effect is mostly extrapolated. */
const POOR_OVERLAP = 0.1;

type Findings = Omit<Diagnosis, 'strategy'>;

/** Reads the findings as a statistician would before oversampling anything; "do not" is one of the answers. */
export function strategyFor(findings: Findings, map: CausalMap, refutedClaims: number): Strategy {
  const lines: StrategyLine[] = [];
  const say = (level: StrategyLine['level'], text: string, goTo: StrategyLine['goTo'] = null) =>
    lines.push({ level, text, goTo });
  const { target, rareRows, commonRows, cases, columns, time, interactions, redundant, overlap, network } = findings;
  const share = rareRows / Math.max(1, rareRows + commonRows);
  const ofTarget = cases.find(({ node }) => node === target);
  const isMapped = map.edges.some(({ from, to }) => from === target || to === target);

  for (const { node, parameters, cases: rows, verdict } of cases.filter((one) => one.verdict !== 'enough').slice(0, 3))
    say(
      verdict === 'too-few' ? 'warning' : 'info',
      `"${node}" has ${count(rows, 'case')} for ${count(parameters, 'parameter')}: ${verdict === 'too-few' ? 'its mechanism is mostly guessed, so draw fewer causes, merge levels, or keep it as in the real row' : 'thin, so keep close to real rows'}.`,
      'map',
    );
  if (refutedClaims > 0)
    say(
      'warning',
      `The data disagree with ${count(refutedClaims, 'claim')} of the map: mend it, or use a small step or anchored rows, which lean on the map least.`,
      'map',
    );
  const missing = columns.filter(({ missing: { pValue } }) => pValue < SURE);
  if (missing.length > 0)
    say(
      'warning',
      `Being missing depends on the class in ${list(missing.map(({ column }) => column))}: leave missing cells to their own mechanism, for rows without them are no fair sample.`,
      'data',
    );
  const [change] = time?.changes ?? [];
  if (time && change)
    say(
      'warning',
      `The share of rare rows changes over "${time.column}" (${percent(change.before)} to ${percent(change.after)}): judge models on later rows, and make rows from the period you will meet.`,
      'data',
    );
  if (overlap && overlap.unsupported > POOR_OVERLAP)
    say(
      'warning',
      `${percent(overlap.unsupported)} of the rows have a value of "${overlap.exposure}" that hardly occurs there: effects are extrapolated in that region, and synthetic rows would only hide it.`,
      'map',
    );
  const sure = interactions.pairs.filter(({ gain, pValue }) => gain > 0 && pValue < SURE);
  if (sure.length > 0)
    say(
      'info',
      `${list(sure.slice(0, 3).map(({ a, b }) => `${a} with ${b}`))} say more of "${target}" together than apart: linear models will miss it, and both should be causes of it on the map if that is how it works.`,
      'map',
    );
  const differing = network.pairs.filter(({ pValue }) => pValue < SURE).length;
  if (differing > 0)
    say(
      'info',
      `${count(differing, 'pair')} of columns ${differing === 1 ? 'goes' : 'go'} together differently in rare rows. Interpolating between rare rows blurs that; a map that explains it keeps it.`,
      'map',
    );
  for (const cluster of redundant.slice(0, 2))
    say(
      'info',
      `${list(cluster.columns)} say nearly the same (at least ${cluster.weakest.toFixed(2)}): keep one, or draw one as a formula of the other.`,
      'rules',
    );
  say(
    'info',
    'Synthetic rows are no new evidence: they seldom raise AUC, and without weights they ruin calibration. Class weights and a moved threshold are the rivals to beat.',
  );

  if (rareRows < FEWEST_ROWS)
    return {
      verdict: 'collect-first',
      headline: `Collect more first: ${count(rareRows, 'rare row')} cannot be validated, whatever is made from them.`,
      lines,
    };
  if (share > COMMON_SHARE)
    return {
      verdict: 'do-not-augment',
      headline: `Do not augment: with ${percent(share)} of the rows the class is not rare.`,
      lines,
    };
  if (rareRows >= MANY_ROWS && (ofTarget?.casesPerParameter ?? MANY_CASES) >= MANY_CASES)
    return {
      verdict: 'do-not-augment',
      headline: `Do not augment to predict: ${rareRows.toLocaleString('en')} rare rows teach a model as they are. Use class weights or a threshold; make rows only to study scenarios.`,
      lines,
    };
  if (!isMapped)
    return {
      verdict: 'map-first',
      headline: `Draw what causes "${target}" and what it causes first: without arrows every column would be made on its own.`,
      lines: [{ level: 'warning', text: 'The map says nothing of the target yet.', goTo: 'map' }, ...lines],
    };
  const isCareful = lines.some(({ level }) => level === 'warning');
  return {
    verdict: isCareful ? 'with-care' : 'augment',
    headline: isCareful
      ? `Augment with care: ${count(rareRows, 'rare row')} can borrow strength from ${commonRows.toLocaleString('en')} common ones, once the warnings below are dealt with.`
      : `Augment along the map: ${count(rareRows, 'rare row')} can borrow strength from ${commonRows.toLocaleString('en')} common ones.`,
    lines,
  };
}

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
