import type { Page, ParamsOf, QueryOf, ReplyOf } from '#api-contract';
import { EXPORT_PATHS } from '../api/addresses.ts';
import { useServer } from '../api/ask-server.ts';
import { addressOf, pathOf } from '../api/client.ts';
import { LISTS, wordsOf } from '../api/lists.ts';
import type { ListName } from '../api/lists.ts';
import { loadable } from './async.tsx';
import type { Loadable } from './async.tsx';
import { useLanguage } from './i18n.ts';
import { useMay } from './use-may.ts';
import { useUrl } from './use-url.ts';
import { pickSearch } from './url.ts';

/** A list as its page's address asks for it. */
export type List<Row> = {
  readonly of: Loadable<Page<Row>>;
  readonly sort: string; // What it is ordered by.
  readonly filters: readonly string[]; // What its address may say to narrow it.
  readonly file: string | undefined; // Where the same rows are as CSV; undefined: not for this reader.
};

type RowOf<Name extends ListName> = ReplyOf<Name>['items'][number];

/** Asks the server for the page of a list that the address names; what was seen stays meanwhile. */
export function useList<Name extends ListName>(
  name: Name,
  params?: ParamsOf<Name>,
): List<RowOf<Name>> {
  const [search] = useUrl();
  const { filters, sort, file } = LISTS[name];
  const said = { sort, ...pickSearch(search, wordsOf(name)) };
  const mayHaveRecords = useMay('records:export');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
  const query = said as unknown as QueryOf<Name>;
  const found = useServer(name, { ...(params === undefined ? {} : { params }), query }, KEEP);
  // Each reply has its own type of row; the union of all is of no use to a table of one.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract pages each list.
  const of = loadable(found) as unknown as Loadable<Page<RowOf<Name>>>;
  const whole = { ...wholeOf(name, said), spreadsheet: useLanguage() };
  const mayHave = mayHaveRecords || !OF_RECORDS.has(name);
  return {
    of,
    sort: said.sort,
    filters,
    file: mayHave ? addressOf(pathOf(EXPORT_PATHS[file], params), whole) : undefined,
  };
}

const KEEP = { keep: true } as const;

const OF_RECORDS: ReadonlySet<ListName> = new Set([
  'listSuppliers',
  'listItems',
  'listPurchaseOrders',
  'listRecordChanges',
]);

/** Every page of it; the audit log comes as its chain runs, whatever the order on the screen. */
function wholeOf(name: ListName, said: Readonly<Record<string, string | undefined>>) {
  const { page: _page, pageSize: _size, sort, ...filters } = said;
  return name === 'listAuditEvents' ? filters : { ...filters, sort };
}
