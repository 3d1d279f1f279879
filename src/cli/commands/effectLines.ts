import type { CausalMap } from '../../engine/graph/causalMap';
import { answerEffect, type EffectAnswer } from '../../engine/graph/effectAnswer';
import { effectText, estimandLatex, estimandText } from '../../engine/graph/estimand';
import { listed, shownName } from '../../engine/graph/path';

/** More sets or paths than this help nobody who reads them; whether there are more is printed. */
const most = { sets: 20, paths: 20 };

/** What a map says about both effects of the exposure on the outcome, with `held` fixed. */
export const bothEffects = (map: CausalMap, exposure: string, outcome: string, held: readonly string[]) =>
  (['total', 'direct'] as const).map((effect) => answerEffect(map, { exposure, outcome, effect, held }, most));

/** The answers as the command prints them as JSON. `check` is null when no set was asked about. */
export function effectJson(answers: readonly EffectAnswer[], isSetAsked: boolean) {
  const [total] = answers;
  return {
    effects: answers.map(({ asked, forbidden, sets, moreSets, canonicalSet, optimalSet, verdict }) => ({
      effect: asked.effect,
      forbidden,
      minimalSets: sets,
      truncated: moreSets,
      canonicalSet,
      optimalSet,
      check: isSetAsked ? verdict : null,
    })),
    frontDoor: total!.otherWays?.frontDoor ?? null,
    instruments: total!.otherWays?.instruments ?? null,
    identification: identificationJson(total!),
    paths: total!.paths.map(({ text, causal, open, reason }) => ({ text, causal, open, reason })),
    pathsTruncated: total!.morePaths,
  };
}

function identificationJson({ otherWays }: EffectAnswer) {
  if (otherWays === null) return null;
  const { identification } = otherWays;
  return identification.isIdentified
    ? {
        isIdentified: true,
        formula: estimandText(identification.estimand),
        latex: estimandLatex(identification.estimand),
        anyValueOf: identification.anyValueOf,
      }
    : identification;
}

/** The same in lines to read. */
export function effectLines(answers: readonly EffectAnswer[], isSetAsked: boolean): string[] {
  const [total] = answers;
  const { asked, otherWays, paths, morePaths } = total!;
  const [exposure, outcome] = [shownName(asked.exposure), shownName(asked.outcome)];
  const more = 'and more';
  const orNothing = (set: readonly string[]) => (set.length === 0 ? 'nothing' : listed(set.map(shownName)));
  return [
    ...answers.flatMap(({ asked: { effect }, sets, moreSets, verdict }) => [
      `To read the ${effect} effect of ${exposure} on ${outcome}, adjust for: ${sets.length === 0 ? 'no set of recorded nodes is enough' : [...sets.map(orNothing), ...(moreSets ? [more] : [])].join('; or ')}`,
      ...(isSetAsked ? [`  ${verdict.sentence}`] : []),
    ]),
    ...(otherWays?.frontDoor.sets ?? []).map((set) => `Front door: ${orNothing(set)}`),
    ...(otherWays?.instruments ?? []).map(
      ({ instrument, given }) =>
        `Instrument: ${shownName(instrument)}, holding ${given.map(orNothing).join('; or ')} fixed`,
    ),
    ...(otherWays ? [identificationLine(total!)] : []),
    ...(paths.length === 0 ? [] : [`Paths from ${exposure} to ${outcome}:`]),
    ...paths.map(
      ({ text, causal, open, reason }) =>
        `  ${text}: ${causal ? 'causal, ' : ''}${open ? 'open' : 'blocked'}. ${reason}`,
    ),
    ...(morePaths ? [`  ${more}`] : []),
  ];
}

function identificationLine({ asked, otherWays }: EffectAnswer): string {
  const { identification } = otherWays!;
  const effect = effectText([asked.exposure], [asked.outcome]);
  if (!identification.isIdentified) {
    const { whole, part } = identification.hedge;
    return `${effect} cannot be known from the recorded columns: unrecorded causes tie ${listed(whole.map(shownName))} together, and ${listed(part.map(shownName))} among them (a hedge).`;
  }
  const { estimand, anyValueOf } = identification;
  const free = anyValueOf.length > 0 ? `, for any value of ${listed(anyValueOf.map(shownName))}` : '';
  return `${effect} = ${estimandText(estimand)}${free}`;
}
