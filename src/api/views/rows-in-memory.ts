import type { Page } from '#api-contract';
import { pageRequest } from '../page.ts';

type Key = string | undefined;

/** How rows that are few enough to be held at once are searched and put in order. */
export type RowsInMemory<Row> = {
  readonly search: (row: Row) => string; // Everything that a search looks into.
  readonly sorts: Readonly<Record<string, (row: Row) => Key>>;
  readonly first: string; // The order unless asked otherwise, '-' for descending.
  readonly idOf: (row: Row) => string; // Settles the order of equals.
};

type Query = { readonly search?: string | undefined; readonly sort?: string | undefined };

/** Rows that fit a query, in its order. What has no value stands last, whichever way. */
export function chosenRows<Row>(
  all: readonly Row[],
  query: Query,
  how: RowsInMemory<Row>,
): readonly Row[] {
  const wanted = (query.search ?? '').trim().toLowerCase();
  const sort = query.sort ?? how.first;
  const keyOf = how.sorts[sort.replace(/^-/, '')] ?? how.idOf;
  const direction = sort.startsWith('-') ? -1 : 1;
  return all
    .filter((row) => how.search(row).toLowerCase().includes(wanted))
    .toSorted((a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)];
      if (one === other) return compare(how.idOf(a), how.idOf(b));
      if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
      return direction * compare(one, other);
    });
}

/** One page of them. */
export function pageOfRows<Row>(
  rows: readonly Row[],
  query: { readonly page: number; readonly pageSize: number },
): Page<Row> & { items: Row[] } {
  const { page, pageSize, offset } = pageRequest(query);
  return { items: rows.slice(offset, offset + pageSize), total: rows.length, page, pageSize };
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
