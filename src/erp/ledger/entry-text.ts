import { slotsIn, speaker } from '#kernel';
import type { Said, Sentence } from '#kernel';
import { isManual } from './entry.ts';
import type { EntryKind, EntrySource } from './entry.ts';

/**
 * What Rialto itself writes as the text of an entry, in English. The text is kept as it was posted;
 * pages say it in other languages by its code. What stands in no template was written by a person.
 */
export const ENTRY_TEXTS = {
  delivery: 'delivery {{number}}',
  'goods-receipt': 'goods receipt {{number}}',
  payment: 'payment {{number}}',
  settles: '{{lowering}} settles {{raising}}',
  'dunning-fee': 'dunning fee {{number}}',
  hours: 'hours of {{resource}} {{number}}',
  'project-revenue': 'revenue of {{project}}',
  'subscriptions-earned': 'subscriptions earned through {{day}}',
  confirmation: 'confirmation {{number}} of {{order}}',
  issue: 'issue {{number}} of {{order}}',
  receipt: 'receipt {{number}} of {{order}}',
  shipment: 'shipment {{number}} of {{order}}',
  settlement: 'settlement {{number}} of {{order}}',
  reversal: 'reversal {{number}} of {{order}}',
  'stock-count': 'stock count {{count}}',
  'opening-balances': 'opening balances',
  'open-items-of-customers': 'open items of customers',
  'open-items-of-suppliers': 'open items of suppliers',
  'opening-stock': 'opening stock',
  'opening-stock-taken-back': 'opening stock taken back',
  'foreign-currency': 'Foreign currency, FY {{year}}, period {{period}}',
  'result-carried-forward': 'Result of fiscal year {{year}} carried forward',
} as const;

type Name = keyof typeof ENTRY_TEXTS;
type OfDocument = {
  readonly kind: EntryKind;
  readonly source: Pick<EntrySource, 'kind' | 'number'>;
};

const say = speaker('entry', ENTRY_TEXTS);

/** The text of an entry that Rialto words itself. */
export const entryText = <One extends Name>(
  name: One,
  slots: Parameters<typeof say<One>>[1],
): Sentence['text'] => say(name, slots).text;

/** Which of them the entries of a kind of document say. */
const OF_SOURCE: Readonly<Partial<Record<string, readonly Name[]>>> = {
  delivery: ['delivery'],
  'goods-receipt': ['goods-receipt'],
  'customer-payment': ['payment'],
  'supplier-payment': ['payment'],
  'bank-payment': ['payment'],
  allocation: ['settles'],
  'dunning-notice': ['dunning-fee'],
  'time-sheet': ['hours'],
  'project-recognition': ['project-revenue'],
  'revenue-release': ['subscriptions-earned'],
  'production-posting': ['confirmation', 'issue', 'receipt', 'shipment', 'settlement', 'reversal'],
  'stock-document': ['stock-count', 'opening-stock-taken-back'],
  import: ['opening-balances', 'open-items-of-customers', 'open-items-of-suppliers'],
  'journal-entry': ['foreign-currency', 'result-carried-forward'],
};

/** Stock that the company began with says so by its kind: people may word an adjustment just so. */
const namesFor = ({ kind, source }: OfDocument): readonly Name[] =>
  kind === 'opening' && source.kind === 'stock-document'
    ? ['opening-stock']
    : (OF_SOURCE[source.kind] ?? []);

/** What may fill a slot beside which people write texts of their own; others take anything. */
const FITS: Readonly<Partial<Record<string, RegExp>>> = {
  count: /^[A-Z]+-\d{4}-\d{6,}$/,
  year: /^\d{4}$/,
  period: /^\d{1,2}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};

/**
 * What an entry's text says, for other languages. Undefined: a person, a bank or another system
 * worded it, also when it happens to begin as one of ours does.
 */
export function saidOfEntry(entry: OfDocument & { readonly text: string }): Said | undefined {
  if (isManual(entry.kind)) return undefined;
  for (const name of namesFor(entry)) {
    const slots = slotsIn(ENTRY_TEXTS[name], entry.text);
    const fits = Object.entries(slots ?? {}).every(([slot, value]) =>
      slot === 'number' ? value === entry.source.number : (FITS[slot]?.test(String(value)) ?? true),
    );
    if (slots !== undefined && fits) return { code: `entry.${name}`, slots };
  }
  return undefined;
}
