export { openStock } from './stock-documents.ts';
export { ownersHere } from './owners.ts';
export { itemsMoved, takenInBy } from './taken-in.ts';
export type { TakenIn } from './taken-in.ts';
