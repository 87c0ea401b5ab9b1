import type { ReactNode } from 'react';
import type { Page, QueryOf, ReplyOf } from '#api-contract';
import { ApiError } from '../../api/client.ts';
import { loadable } from '../../shared/async.tsx';
import type { Loadable } from '../../shared/async.tsx';
import { pickSearch } from '../../shared/url.ts';
import { useMay } from '../../shared/use-may.ts';
import type { List } from '../../shared/use-list.ts';
import { useUrl } from '../../shared/use-url.ts';
import type { ErpRoute } from './addresses.ts';
import { callBooks, useBooks } from './ask-books.ts';
import { CursorPaging } from './cursor-paging.tsx';
import { useEntity } from './entity.ts';
import { ExportRows } from './export-rows.tsx';

type CursorReply = { readonly items: readonly object[]; readonly next?: string | undefined };

/** A list of the books that is read page by page with a cursor. */
export type CursorRoute = {
  [Name in ErpRoute]: ReplyOf<Name> extends CursorReply
    ? QueryOf<Name> extends { readonly after?: unknown }
      ? Name
      : never
    : never;
}[ErpRoute];

/** A row of a list. */
export type RowOf<Name extends CursorRoute> = ReplyOf<Name>['items'][number];

/** What is asked whatever the address says; undefined is left out. */
export type Always<Name extends CursorRoute> = {
  readonly [Key in keyof QueryOf<Name>]?: QueryOf<Name>[Key] | undefined;
};

type Asking<Name extends CursorRoute> = {
  readonly filters: readonly string[]; // Words of the address that narrow it.
  readonly searchAs?: keyof QueryOf<Name> & string; // What the API calls the text of the search box.
  readonly always?: Always<Name>;
  readonly sort?: string; // How it goes by itself, '' as it comes; absent: it has no other order.
  readonly params?: object; // What its address names besides the legal entity.
  readonly file: string; // The export's name.
};

const EXPORT_PAGE = 200;

function said<Name extends CursorRoute>(
  search: Readonly<Record<string, string | undefined>>,
  { filters, searchAs, always, sort }: Asking<Name>,
): Readonly<Record<string, unknown>> {
  const { search: typed, ...rest } = pickSearch(search, [...filters, 'search']);
  const order = sort === undefined ? '' : (search['sort'] ?? sort);
  return {
    ...rest,
    ...(order === '' ? {} : { sort: order }),
    ...(typed === undefined || searchAs === undefined ? {} : { [searchAs]: typed }),
    ...always,
  };
}

/** Asks for the page of a list that the address names. */
export function useCursorList<Name extends CursorRoute>(
  name: Name,
  asking: Asking<Name>,
): List<RowOf<Name>> & { readonly foot: ReactNode; readonly tools: ReactNode } {
  const [search, change] = useUrl();
  const { code } = useEntity();
  const mayExport = useMay('records:export');
  const query = said(search, asking);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all of the books name an entity.
  const params = { entity: code, ...asking.params } as never;
  const ask = (more: object) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
    ({ params, query: { ...query, ...more } as QueryOf<Name> });
  const cursor = pickSearch(search, ['after', 'limit']);
  const found = useBooks(name, ask(cursor), { keep: true });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each list has items and `next`.
  const page = found.data as CursorReply | undefined;
  const of = orFirst(loadable(found), () => change({ after: undefined }));
  const readAll = async (after: string | undefined): Promise<CursorReply> => {
    const more = { limit: EXPORT_PAGE, ...(after === undefined ? {} : { after }) };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    return (await callBooks(name, ask(more))) as CursorReply;
  };
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rows are of this route.
    of: (of.state === 'ready' ? { ...of, data: asPage(page?.items ?? []) } : of) as Loadable<
      Page<RowOf<Name>>
    >,
    sort: search['sort'] ?? asking.sort ?? '',
    filters: [...asking.filters, 'search'],
    file: undefined,
    foot: <CursorPaging shown={page?.items.length ?? 0} next={page?.next} />,
    tools: mayExport ? <ExportRows name={asking.file} read={readAll} /> : null,
  };
}

/** A page that is not there, as in an address kept for long, is tried again from the first one. */
const orFirst = <T,>(of: Loadable<T>, toFirst: () => void): Loadable<T> =>
  of.state === 'failed' &&
  of.error instanceof ApiError &&
  of.error.problem?.code === 'api.unknown-cursor'
    ? { ...of, retry: toFirst }
    : of;

const asPage = (items: readonly object[]): Page<object> => ({
  items,
  total: items.length,
  page: 1,
  pageSize: items.length,
});
