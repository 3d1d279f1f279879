import { EngineError } from '../errors';
import * as catalogue from './catalogue';
import type { Mechanism, MechanismDefinition, MechanismJson } from './mechanism';
import { mixtureFromJson } from './mixture';
import { calculatedFromJson } from './ruled/calculated';
import { onGridFromJson } from './ruled/onGrid';

export const mechanismDefinitions: readonly MechanismDefinition[] = Object.values(catalogue);

/** The mechanism a JSON was made from, bit for bit. @throws EngineError `bad-parameter` for an unknown family. */
export function mechanismFromJson(json: MechanismJson): Mechanism {
  if (json.family === 'mixture') return mixtureFromJson(json, mechanismFromJson);
  if (json.family === 'on-grid') return onGridFromJson(json, mechanismFromJson);
  if (json.family === 'calculated') return calculatedFromJson(json);
  const definition = mechanismDefinitions.find(({ id }) => id === json.family);
  if (!definition) throw new EngineError('bad-parameter', `There is no mechanism family "${json.family}".`);
  return definition.fromJSON(json);
}
