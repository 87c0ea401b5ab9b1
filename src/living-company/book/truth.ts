import type { Intent, Label } from '../world/intent.ts';
import type { Noted } from './desk.ts';

/** What the ERP calls what an intent makes. */
const DOCUMENT: Readonly<Partial<Record<Intent['kind'], string>>> = {
  receipt: 'goods-receipt',
  'customer-return': 'delivery',
  'supplier-advance': 'supplier-payment',
  'outside-order': 'purchase-order',
  'match-line': 'bank-statement',
  journal: 'journal-entry',
  'bad-debt': 'write-off',
  'stock-loss': 'stock-document',
  'close-month': 'period',
};

/** A line of the truth file: an oddity, with the numbers that its documents got. */
export function truthLine(
  entity: string,
  { kind, from, to, why, documents, parties = [], items = [], places = [] }: Label,
  find: (key: string) => Noted | undefined,
): string {
  return JSON.stringify({
    kind,
    legalEntity: entity,
    from,
    to,
    why,
    documents: documents.map((each) => ({
      kind: DOCUMENT[each.kind] ?? each.kind,
      number: find(each.key)?.number ?? null, // Null: the ERP refused it.
    })),
    parties,
    items,
    places,
  });
}
