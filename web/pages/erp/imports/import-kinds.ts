import type { BodyOf, ReplyOf } from '#api-contract';
import type { ErpList } from '../../../shared/erp-areas.ts';
import type { Standing } from '../standing.tsx';

/** What a file can be about. */
export type ImportKind = BodyOf<'startImport'>['kind'];

/** What a file can be about, in the order in which a company begins. */
export const IMPORT_KINDS = [
  'accounts',
  'customers',
  'suppliers',
  'items',
  'prices',
  'stock',
  'receivables',
  'payables',
  'balances',
] as const satisfies readonly ImportKind[];

/** Kinds that are posted on an opening day. */
export const OPENING_KINDS: ReadonlySet<ImportKind> = new Set([
  'stock',
  'receivables',
  'payables',
  'balances',
]);

/** Where one sees what came of a file. */
export const LIST_OF = {
  accounts: 'trial-balance',
  customers: 'customers',
  suppliers: 'suppliers',
  items: 'items',
  prices: 'price-lists',
  stock: 'stock',
  receivables: 'receivables',
  payables: 'payables',
  balances: 'trial-balance',
} as const satisfies Readonly<Record<ImportKind, ErpList>>;

/** Where an import stands, as the books' own word for it. */
export const standingOf = (status: ReplyOf<'getImport'>['status']): Standing =>
  status === 'refused' ? 'rejected' : status === 'taken-back' ? 'undone' : status;
