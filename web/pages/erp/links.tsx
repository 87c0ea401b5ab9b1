import type { ReactNode } from 'react';
import type { ErpList } from '../../shared/erp-areas.ts';
import { Nothing } from '../../shared/data-table.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useEntity } from './entity.ts';
import { useNamed } from './names.ts';

/** In which list each kind of document has its page. */
const LISTS = {
  quotation: 'quotations',
  requisition: 'requisitions',
  subscription: 'subscriptions',
  'dunning-run': 'dunning-runs',
  'payment-run': 'payment-runs',
  'dunning-notice': 'dunning-notices',
  'stock-count': 'stock-counts',
  'sales-order': 'sales-orders',
  delivery: 'deliveries',
  'customer-invoice': 'customer-invoices',
  'customer-credit-note': 'customer-invoices',
  'customer-payment': 'customer-payments',
  'purchase-order': 'purchase-orders',
  'goods-receipt': 'goods-receipts',
  'supplier-invoice': 'supplier-invoices',
  'supplier-payment': 'supplier-payments',
  'work-order': 'work-orders',
  project: 'projects',
  'bank-transfer': 'bank-transfers',
  'journal-entry': 'journal-entries',
} as const satisfies Readonly<Record<string, ErpList>>;

/** A kind of document that has a page. */
export type ShownKind = keyof typeof LISTS;

/** Whether documents of a kind have pages. */
export const isShownKind = (kind: string): kind is ShownKind => Object.hasOwn(LISTS, kind);

/** Leads to something in the books that has a page of its own. */
export function InBooks(props: {
  readonly list: ErpList;
  readonly id: string;
  readonly children: ReactNode;
}): ReactNode {
  const { list, id, children } = props;
  const { code } = useEntity();
  return (
    <TextLink
      to="/erp/$list/$id"
      params={{ list, id }}
      search={{ entity: code }}
      className="rialto-link"
    >
      {children}
    </TextLink>
  );
}

/** Leads to a document. */
export function DocumentLink(props: {
  readonly kind: ShownKind;
  readonly id: string;
  readonly number: string;
}): ReactNode {
  const { kind, id, number } = props;
  return (
    <InBooks list={LISTS[kind]} id={id}>
      {number}
    </InBooks>
  );
}

/** Leads to a list of the books that is narrowed by something. */
export function ToList(props: {
  readonly list: ErpList;
  readonly by?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}): ReactNode {
  const { list, by = {}, children } = props;
  const { code } = useEntity();
  return (
    <TextLink to="/erp/$list" params={{ list }} search={{ ...by, entity: code }}>
      {children}
    </TextLink>
  );
}

/** A customer or supplier by name, and the way to its page. */
export function PartyLink(props: {
  readonly id: string | null | undefined;
  readonly side?: 'customers' | 'suppliers'; // Absent: what the party is.
}): ReactNode {
  const { id, side } = props;
  const named = useNamed('party', id ?? undefined);
  if (id === null || id === undefined) return <Nothing />;
  return (
    <InBooks list={side ?? `${named?.role ?? 'customer'}s`} id={id}>
      {named?.name ?? id}
    </InBooks>
  );
}

/** An item by name, and the way to its page; what has no item says what it is in words. */
export function ItemLink(props: {
  readonly id: string | null | undefined;
  readonly text?: string;
}): ReactNode {
  const { id, text } = props;
  const named = useNamed('item', id ?? undefined);
  if (id === null || id === undefined) return text === undefined ? <Nothing /> : text;
  return (
    <InBooks list="items" id={id}>
      {named?.name ?? text ?? id}
    </InBooks>
  );
}
