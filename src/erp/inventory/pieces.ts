export { forgetPieces } from './forget-pieces.ts';
export { freePieces, listSerialNumbers } from './list-serial-numbers.ts';
