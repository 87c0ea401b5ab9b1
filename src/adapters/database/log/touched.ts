import type { Column, Table } from '../column.ts';
import type { Line } from '../connection.ts';
import type { Layout } from '../layout.ts';
import { join, raw, sql, value } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { columnOf, columnSql } from '../tables.ts';
import { selected } from '../read-page.ts';
import { keyText } from '../document-of.ts';
import type { Relation, Tuple } from './message.ts';

/** How a row of a table leads to documents: these columns of it say these columns of the header. */
export type Lead = {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly header: readonly Column[];
};

/** How rows of an entity's tables lead to its documents. */
export function leadsOf({ table, key, entity, children }: Layout): readonly Lead[] {
  const own = { table, columns: key.map(({ name }) => name), header: key };
  return [
    own,
    ...children.map((child, at) => {
      const on = Object.entries(entity.children[at]?.on ?? {});
      return {
        table: child.table,
        columns: on.map(([column]) => column),
        header: on.map(([, theirs]) => columnOf(table, theirs)),
      };
    }),
  ];
}

/** What a row says of the documents it belongs to, or belonged to; `broken`: it does not say it. */
export type Said =
  | { readonly lead: Lead; readonly values: readonly (string | null)[] }
  | { readonly broken: string };

/** Reads from a row which documents have changed. */
export function saidBy(
  leads: readonly Lead[],
  relation: Relation,
  { before, after }: { readonly before?: Tuple; readonly after?: Tuple },
): readonly Said[] {
  const own = leads.filter(
    ({ table }) => table.name === relation.name && table.schema === relation.schema,
  );
  return own.flatMap((lead): readonly Said[] => {
    const places = lead.columns.map((column) => relation.columns.indexOf(column));
    const missing = lead.columns.find((_, at) => places[at] === -1);
    if (missing !== undefined) {
      return [{ broken: `${relation.schema}.${relation.name} had no column ${missing}` }];
    }
    // What was not written down did not change: then it is what it was.
    const now = after && places.map((at) => after[at] ?? before?.[at] ?? null);
    const was = before && places.map((at) => before[at] ?? null);
    return [now, was].flatMap((values) =>
      values === undefined || values.includes(null) ? [] : [{ lead, values }],
    );
  });
}

/** What has changed and is still to be read: each document once. */
export type Touched = Map<Lead, Map<string, readonly (string | null)[]>>;

/** Notes what a row said. Answers whether it is news. */
export function touch(touched: Touched, said: Exclude<Said, { broken: string }>): boolean {
  const { lead, values } = said;
  const known = touched.get(lead) ?? new Map<string, readonly (string | null)[]>();
  touched.set(lead, known);
  const name = JSON.stringify(values);
  if (known.has(name)) return false;
  known.set(name, values);
  return true;
}

/** Keys of documents, by what they are called. */
export type Keys = ReadonlyMap<string, readonly string[]>;

/** The keys of what was touched; where a row names its header otherwise than by key, it is asked. */
export async function keysOf(line: Line, layout: Layout, touched: Touched): Promise<Keys> {
  const keys = new Map<string, readonly string[]>();
  const add = (parts: readonly string[]): void => void keys.set(keyText(layout.key, parts), parts);
  for (const [lead, values] of touched) {
    const places = layout.key.map(({ name }) => lead.header.findIndex((one) => one.name === name));
    if (!places.includes(-1)) {
      for (const one of values.values()) {
        add(layout.key.map((column, at) => cellText(column, one[places[at] ?? 0] ?? '')));
      }
      continue;
    }
    const found = await line.session.rows(
      sql`select ${selected(line, 'h', layout.key)} from ${layout.from}
        where ${isAmong(line, lead.header, [...values.values()])}`,
    );
    for (const row of found) add(row.map((cell) => cell ?? ''));
  }
  return keys;
}

/** Whether columns of the header are among these values, of which the log has written the text. */
export function isAmong(
  line: Line,
  columns: readonly Column[],
  rows: readonly (readonly (string | null)[])[],
): Sql {
  const own = columns.map((column) => columnSql(line, 'h', column));
  const lists = columns.map(
    (column, at) =>
      sql`cast(${value(arrayText(rows.map((row) => row[at] ?? '')))} as ${raw(arrayType(column))})`,
  );
  return sql`(${join(own, ', ')}) in (select * from unnest(${join(lists, ', ')}))`;
}

const arrayText = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;

/** Without a length: a value that is longer must not be cut to fit. */
function arrayType({ type }: Column): string {
  if (type.startsWith('character(')) return 'bpchar[]';
  return `${type.replaceAll(/\([\d,-]+\)/g, '')}[]`;
}

/** A value of the log as a page has it: no blanks after it, bytes as hexadecimal digits alone. */
function cellText({ category, type }: Column, text: string): string {
  if (category === 'bytes') return text.replace(/^\\x/, '');
  return type.startsWith('character(') ? text.replace(/ +$/, '') : text;
}
