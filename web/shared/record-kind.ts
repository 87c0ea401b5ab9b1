import { useTranslation } from './i18n.ts';

/** The kinds of record people are told of, in the order of a purchase. */
export const RECORD_KINDS = [
  'supplier',
  'item',
  'purchase-order',
  'currency',
  'exchange-rate',
  'warehouse',
  'goods-receipt',
  'supplier-invoice',
  'shipment-notice',
  'stock-movement',
  'stock-balance',
  'stock-count',
  'work-order',
  'customer',
  'sales-order',
  'delivery',
  'customer-invoice',
  'journal-entry',
] as const;

/** Whether the pages have a word for a kind. */
export const isRecordKind = (kind: string): kind is (typeof RECORD_KINDS)[number] =>
  RECORD_KINDS.some((known) => known === kind);

/** Says what a kind of record is called; one that is newer than the pages, as the server calls it. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => (isRecordKind(kind) ? t(`recordKind.${kind}`) : kind);
}
