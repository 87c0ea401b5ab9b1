export { evaluate } from './evaluate.ts';
export type { Misfit } from './evaluate.ts';
export { carriesReference, ExpressionSchema } from './expression.ts';
export type { Expression } from './expression.ts';
export { textAt, valueAt } from './value-at.ts';
