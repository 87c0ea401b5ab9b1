/** The kinds of record people are told of, in the order of a purchase. */
export const RECORD_KINDS = [
  'supplier',
  'item',
  'purchase-order',
  'currency',
  'exchange-rate',
] as const;

/** Whether the pages have a word for a kind. */
export const isRecordKind = (kind: string): kind is (typeof RECORD_KINDS)[number] =>
  RECORD_KINDS.some((known) => known === kind);
