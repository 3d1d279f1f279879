import { isCategoricalKind } from '../../engine/data/table';
import type { CausalMap } from '../../engine/graph/causalMap';
import { casesVerdict, FEW_CASES, recordedCauses, straightParameters } from '../../engine/graph/parameterCount';
import { counted } from '../../ui/numbers';
import type { ColumnSummary } from '../../worker/api';

export interface AdviceFacts {
  readonly map: CausalMap;
  readonly target: string;
  readonly columns: readonly ColumnSummary[];
  readonly rareRows: number;
  readonly knownRows: number;
  /** Independences of the map that the data refute. */
  readonly refuted: number;
  readonly usesMap: boolean;
}

export interface AdviceLine {
  readonly level: 'info' | 'warning';
  readonly text: string;
  /** Where the way out is. */
  readonly goTo: 'map' | 'data' | null;
}

/** A table of 10 rare rows cannot be validated, whatever is made from them. */
const FEWEST_ROWS = 10;
/** From here on a model learns the rare class from the real rows alone. */
const PLENTY = { rows: 1000, perParameter: 50 };
/** Above this share nothing is rare. */
const COMMON_SHARE = 0.35;

/** Plain sentences on what the numbers allow, the most important first. */
export function adviceFor(facts: AdviceFacts): readonly AdviceLine[] {
  const { map, target, columns, rareRows, knownRows, refuted, usesMap } = facts;
  const lines: AdviceLine[] = [];
  const say = (level: AdviceLine['level'], text: string, goTo: AdviceLine['goTo'] = null) =>
    lines.push({ level, text, goTo });

  if (usesMap && !map.nodes.some(({ name }) => name === target))
    say('warning', `“${target}” is not on the map: add it and draw what causes it.`, 'map');
  else if (usesMap && map.edges.length === 0)
    say('warning', 'The map has no arrows, so every column would be drawn on its own: draw the arrows first.', 'map');

  const byName = new Map(columns.map((column) => [column.name, column]));
  const causes = recordedCauses(map, target, (name) => byName.has(name));
  const parameters = straightParameters(causes, (name) => {
    const { kind, distinct } = byName.get(name)!;
    return isCategoricalKind(kind) ? distinct : null;
  });
  const perParameter = rareRows / parameters;
  const verdict = casesVerdict(perParameter);
  const cases = `${counted(rareRows, 'rare row')} for ${counted(parameters, 'parameter')} of “${target} given its causes”`;
  if (rareRows < FEWEST_ROWS)
    say(
      'warning',
      `Only ${counted(rareRows, 'rare row')}: nothing made from so few can be validated. Collect more first.`,
    );
  else if (usesMap && verdict === 'too-few')
    say('warning', `${cases}: too few (under ${FEW_CASES} each). Draw fewer causes or keep close to real rows.`, 'map');
  else if (usesMap && verdict === 'thin')
    say('info', `${cases}, ${perParameter.toFixed(1)} each: thin, so keep close to real rows.`);
  // Without causes there is nothing to learn that the rows could be enough for.
  else if (usesMap && causes.length > 0) say('info', `${cases}, ${Math.floor(perParameter)} each: fine.`);
  if (knownRows > 0 && rareRows / knownRows > COMMON_SHARE)
    say(
      'warning',
      `Do not augment: the rare class is ${Math.round((100 * rareRows) / knownRows)} % of the rows, so there is nothing to balance.`,
    );
  else if (rareRows >= PLENTY.rows && perParameter >= PLENTY.perParameter)
    say(
      'warning',
      `Do not augment for prediction alone: ${counted(rareRows, 'rare row')} are enough to learn from, and class weights or a moved threshold do the same without changing the table. Make rows where you need cases to look at or to test with.`,
    );
  if (usesMap && refuted > 0)
    say(
      'warning',
      `The data disagree with ${counted(refuted, 'claim')} of the map (red there): mend the map, or keep close to real rows.`,
      'map',
    );
  return lines;
}
