import { expose } from 'comlink';
import { createBlockPieces } from './blockPieces';

expose(createBlockPieces());
