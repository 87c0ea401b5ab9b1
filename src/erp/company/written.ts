export { writtenDay, writtenDecimal } from './written-values.ts';
export type { DayFormat, DecimalPoint } from './written-values.ts';
