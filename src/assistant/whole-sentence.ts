import type { Draft } from './draft.ts';

const PAYING = /^(pay|paid|paying|gezahlt|bezahlt|zahlen|bezahlen)$/i;

/** What only the whole sentence tells: verbs in two places, prices asked as payments, two words for one number. */
export function readWhole(draft: Draft, texts: readonly string[], joined: boolean): void {
  readSeparatedVerb(draft, texts);
  readPriceOf(draft, texts);
  if (!joined) readTwoAsOne(draft);
}

/** 'Wie viel geben wir … aus?': German parts its verbs. */
function readSeparatedVerb(draft: Draft, texts: readonly string[]): void {
  const gave = texts.some((text) => /^(gebe|geben|gibt|gab|gaben)$/.test(text));
  const cost = texts.some((text) => /^(did|does)$/.test(text)) && texts.at(-1) === 'cost';
  if (cost && draft.metrics.length === 0) {
    draft.metrics.push('spend');
    draft.unused = draft.unused.filter(({ text }) => text !== 'cost');
  }
  if (gave && texts.at(-1) === 'aus' && draft.metrics.length === 0) draft.metrics.push('spend');
}

/** 'What do we pay Proseware for Chain?' asks for a price, not for payments. */
function readPriceOf(draft: Draft, texts: readonly string[]): void {
  const { areas, metrics, where } = draft;
  const asked = areas.length > 0 && areas.every(({ text }) => PAYING.test(text));
  if (asked && /^(freight|tax)$/.test(metrics.join(' '))) draft.areas = [];
  const priced = where.some(({ member }) => member.dimension === 'item');
  if (!asked || !priced || metrics.length > 0) return;
  if (!texts.some((text) => /^(for|fuer)$/.test(text))) return;
  draft.areas = [];
  metrics.push('average_unit_price');
}

/**
 * 'Offenes Bestellvolumen' is one number. 'How many lines has an average order?' asks for an average
 * of lines, not for two numbers.
 */
function readTwoAsOne(draft: Draft): void {
  const both = draft.metrics.join(' ');
  if (both === 'average_order_value' && draft.flags.has('units')) {
    draft.metrics = ['ordered_quantity']; // 'units per order'
    draft.flags.add('average');
  }
  if (both === 'open_commitments spend') draft.metrics = ['open_commitments'];
  if (both !== 'purchase_order_line_count average_order_value') return;
  draft.metrics = ['purchase_order_line_count'];
  draft.flags.add('average');
}
