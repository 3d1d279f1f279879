export { birthWeight } from './birthWeight';
export { cardFraud } from './cardFraud';
export { creditDefault } from './creditDefault';
export { hiring } from './hiring';
export { machineFailure } from './machineFailure';
export { rareDisease } from './rareDisease';
