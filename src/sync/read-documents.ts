import { rows, sql } from '#database';
import type { Handle } from '#database';
import { lookupJoins, lookupsOf, orderOf, roomToSort, tableOf, toMapSql } from './documents.ts';
import type { Fragment, Grouped } from './documents.ts';
import type { Document, Row } from './mapping/document.ts';
import { HEADER } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';

/** A document ready to be mapped. */
export type PageDocument = {
  readonly key: string;
  readonly hash: string; // Hex.
  readonly children: number;
  readonly known: boolean; // Applied before, when it looked otherwise.
  readonly header: Raw;
  readonly parts: readonly Part[];
};

/** A row as it was staged: text is lighter to keep than what is read from it. */
type Raw = { readonly file: string; readonly line: number; readonly data: string };

type Header = Raw & Omit<PageDocument, 'header' | 'parts'> & { readonly row: number };
type Part = Raw & { readonly row: number; readonly child: number };

const CHILDREN_PER_PAGE = 20_000;
const PARTS_PER_FETCH = 5_000;

/**
 * The documents that look new or changed, in the order of the file, in pages of at most
 * `pageSize`, fewer when they have many children. Works within a transaction of its own.
 */
export async function* readPages(
  transaction: Handle,
  grouped: Grouped,
  pageSize: number,
): AsyncGenerator<readonly PageDocument[], void, void> {
  await roomToSort(transaction);
  // Everything will be fetched: what is quickest for the first rows is not for all.
  await rows(transaction, sql`select set_config('cursor_tuple_fraction', '1', true)`);
  // Between two fetches a page is written: a server's limit for idle transactions is not for this.
  await rows(transaction, sql`select set_config('idle_in_transaction_session_timeout', '0', true)`);
  await rows(transaction, sql`declare headers no scroll cursor for ${headersSql(grouped)}`);
  const hasParts = grouped.plan.nodes.some(({ role }) => role === 'child');
  const partsUntil = hasParts ? await openParts(transaction, grouped) : undefined;
  for (;;) {
    const headers = await rows<Header>(transaction, sql`fetch ${sql.lit(pageSize)} from headers`);
    for (const page of inPages(headers)) {
      const parts = (await partsUntil?.(page.at(-1)?.row ?? 0)) ?? [];
      yield documentsOf(page, parts);
    }
    if (headers.length < pageSize) return;
  }
}

/** Cuts where the children of a page would become too many. */
function inPages(headers: readonly Header[]): readonly (readonly Header[])[] {
  const pages: Header[][] = [];
  let room = 0;
  for (const header of headers) {
    room -= header.children;
    if (room < 0 || pages.length === 0) {
      pages.push([]);
      room = CHILDREN_PER_PAGE - header.children;
    }
    pages.at(-1)?.push(header);
  }
  return pages;
}

/** Opens the child rows, in the order of their headers; answers those up to a header's row. */
async function openParts(
  transaction: Handle,
  grouped: Grouped,
): Promise<(row: number) => Promise<readonly Part[]>> {
  await rows(transaction, sql`declare parts no scroll cursor for ${partsSql(grouped)}`);
  let ahead: readonly Part[] = [];
  return async (row) => {
    const found: Part[] = [];
    for (;;) {
      const end = ahead.findIndex((part) => part.row > row);
      found.push(...(end === -1 ? ahead : ahead.slice(0, end)));
      if (end !== -1) {
        ahead = ahead.slice(end);
        return found;
      }
      ahead = await rows<Part>(transaction, sql`fetch ${sql.lit(PARTS_PER_FETCH)} from parts`);
      if (ahead.length === 0) return found;
    }
  };
}

function documentsOf(headers: readonly Header[], parts: readonly Part[]): readonly PageDocument[] {
  let at = 0;
  return headers.map((header) => {
    const { key, hash, children, known, row } = header;
    const from = at;
    while (parts[at]?.row === row) at += 1;
    return { key, hash, children, known, header, parts: parts.slice(from, at) };
  });
}

/** Reads a document's cells. */
export function documentOf(plan: Plan, { header, parts }: PageDocument): Document {
  const children = plan.nodes.filter(({ role }) => role === 'child').map((): Row[] => []);
  for (const part of parts) children[part.child]?.push(rowOf(part));
  return { header: rowOf(header), children };
}

function rowOf({ file, line, data }: Raw): Row {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- staged as lists of cells.
  return { file, line, cells: JSON.parse(data) as Row['cells'] };
}

function headersSql(grouped: Grouped): Fragment {
  const { table, twice } = grouped;
  return sql`select d.row, d.key, encode(d.hash, 'hex') as hash, d.children, d.known, h.file, h.line,
      ${dataOf(grouped, HEADER)} as data
    from ${sql.id('sync', table)} d join ${tableOf(grouped, HEADER)} h on h.row = d.row
    ${lookupJoins(grouped, HEADER)}
    where ${toMapSql(twice)} order by d.row`;
}

function partsSql(grouped: Grouped): Fragment {
  const { plan, table, twice } = grouped;
  const childNodes = plan.nodes.filter(({ role }) => role === 'child');
  const selects = childNodes.map((node, at) => {
    const on = node.on.map(
      ([own, parents]) => sql`${sql.ref(`h.c${own}`)} = ${sql.ref(`o.c${parents}`)}`,
    );
    const [first, second, third] = orderOf(node);
    return sql`select d.row, ${sql.lit(at)}::integer as child, h.file, h.line,
        ${dataOf(grouped, node.alias)} as data, ${first} as first, ${second} as second, ${third} as third
      from ${sql.id('sync', table)} d
      join ${tableOf(grouped, HEADER)} o on o.row = d.row
      join ${tableOf(grouped, node.alias)} h on ${sql.join(on, sql` and `)}
      ${lookupJoins(grouped, node.alias)}
      where ${toMapSql(twice)}`;
  });
  return sql`select row, child, file, line, data from (${sql.join(selects, sql` union all `)}) p
    order by row, child, first, second, third`;
}

/** The cells of a level's row and its lookups, as JSON: what `Row.cells` is read from. */
function dataOf({ plan }: Grouped, level: string): Fragment {
  const found = lookupsOf(plan, level).map(
    (_, at) => sql`coalesce(${sql.ref(`l${at}.data`)}, '[]')`,
  );
  return sql`'[' || ${sql.join([sql.ref('h.data'), ...found], sql` || ',' || `)} || ']'`;
}
