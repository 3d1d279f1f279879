export { rareDisease } from './rareDisease';
