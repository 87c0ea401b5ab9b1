export type { Answer, Chart } from './answer.ts';
export { ask } from './ask.ts';
export type { AskRequest } from './ask.ts';
export { checkNarrative, narrate } from './facts.ts';
export type { Fact, FactTable, FactValue, Source } from './facts.ts';
export { formatCell } from './format.ts';
export type { AskCatalogue } from './lexicon.ts';
export type { Locale } from './numbers.ts';
