import { EngineError } from '../errors';
import { adasyn } from './adasyn';
import { anchored } from './anchored';
import { borderlineSmote1, borderlineSmote2 } from './borderlineSmote';
import { fresh } from './fresh';
import type { GeneratorDefinition } from './generator';
import { randomOversampling } from './randomOversampling';
import { rose } from './rose';
import { smote } from './smote';
import { smoteN } from './smoteN';
import { smoteNc } from './smoteNc';
import { tilt } from './tilt';
import { twins } from './twins';

/** Every generator, in the order of the chooser. */
export const generators: readonly GeneratorDefinition[] = [
  twins,
  fresh,
  anchored,
  tilt,
  smote,
  smoteNc,
  smoteN,
  borderlineSmote1,
  borderlineSmote2,
  adasyn,
  randomOversampling,
  rose,
];

/** @throws EngineError `bad-parameter` for an id that no generator has. */
export function generatorById(id: string): GeneratorDefinition {
  const found = generators.find((generator) => generator.id === id);
  if (found) return found;
  const known = generators.map((generator) => generator.id).join(', ');
  throw new EngineError('bad-parameter', `There is no generator "${id}"; choose one of ${known}.`, { generator: id });
}
