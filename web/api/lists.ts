import type { QueryOf } from '#api-contract';
import type { EXPORT_PATHS, UsedRoute } from './addresses.ts';

type AnyList = Extract<UsedRoute, `list${string}`>;

/** What a list's address may say beside its page, the order it has by itself, and its file. */
type ListEntry<Name extends AnyList> = {
  readonly filters: readonly (keyof QueryOf<Name>)[];
  readonly sort: QueryOf<Name> extends { sort?: infer Sort } ? Sort & string : never;
  readonly file: keyof typeof EXPORT_PATHS;
};

/** Every list there is a page or a part of a page for. */
export const LISTS = {
  listAuditEvents: {
    filters: ['search', 'action', 'outcome', 'actor', 'subject', 'traceId', 'from', 'to'],
    sort: '-position',
    file: 'exportAuditEvents',
  },
  listBatches: {
    filters: ['search', 'integration'],
    sort: '-createdAt',
    file: 'exportBatches',
  },
  listConflicts: {
    filters: ['search', 'integration', 'kind', 'state'],
    sort: '-noticedAt',
    file: 'exportConflicts',
  },
  listDeadLetters: {
    filters: ['search', 'integration', 'operation'],
    sort: '-createdAt',
    file: 'exportDeadLetters',
  },
  listDrift: {
    filters: ['search', 'integration', 'status', 'kind'],
    sort: '-noticedAt',
    file: 'exportDrift',
  },
  listExchanges: { filters: ['search', 'failed'], sort: 'at', file: 'exportExchanges' },
  listIntegrations: {
    filters: ['search', 'adapter', 'standing'],
    sort: 'standing',
    file: 'exportIntegrations',
  },
  listItems: {
    filters: ['search', 'integration', 'status', 'kind', 'category', 'subcategory'],
    sort: 'number',
    file: 'exportItems',
  },
  listMappingVersions: {
    filters: ['search'],
    sort: '-version',
    file: 'exportMappingVersions',
  },
  listPeople: { filters: ['search', 'role', 'status'], sort: 'name', file: 'exportPeople' },
  listPurchaseOrders: {
    filters: ['search', 'integration', 'status', 'kind', 'supplier', 'item', 'from', 'to'],
    sort: '-issuedOn',
    file: 'exportPurchaseOrders',
  },
  listQuarantine: {
    filters: ['search', 'integration', 'kind'],
    sort: '-seenAt',
    file: 'exportQuarantine',
  },
  listRecordChanges: {
    filters: ['search', 'what'],
    sort: '-position',
    file: 'exportRecordChanges',
  },
  listRuns: {
    filters: ['search', 'integration', 'status'],
    sort: '-startedAt',
    file: 'exportRuns',
  },
  listSchedules: {
    filters: ['search', 'integration', 'paused'],
    sort: 'nextAt',
    file: 'exportSchedules',
  },
  listSuppliers: {
    filters: ['search', 'integration', 'status', 'category', 'country', 'preferred'],
    sort: 'name',
    file: 'exportSuppliers',
  },
  listTransactions: {
    filters: ['search', 'integration', 'state', 'operation', 'batch'],
    sort: '-createdAt',
    file: 'exportTransactions',
  },
} as const satisfies { readonly [Name in AnyList]?: ListEntry<Name> };

/** A list with an entry of its own. */
export type ListName = keyof typeof LISTS;

/** Everything that the address of a list may say. */
export const wordsOf = (name: ListName): readonly string[] => [
  ...LISTS[name].filters,
  'sort',
  'page',
  'pageSize',
];
