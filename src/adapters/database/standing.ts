import type { Found, Refused, Waiting } from '#adapter-kit';
import type { Json, JsonObject } from '#kernel';
import { cellText, readCell } from './cell.ts';
import type { Table } from './column.ts';
import { all, compared, filterSql } from './conditions.ts';
import type { Line } from './connection.ts';
import type { Cell } from './dialect.ts';
import { readHeader, tableNamed } from './insert-rows.ts';
import type { Header, Tables } from './insert-rows.ts';
import type { DatabaseOperation, HandOver } from './profile/operation.ts';
import type { Scalar } from './profile/filter.ts';
import { rawParameter, selected } from './read-page.ts';
import { raw, sql } from './sql.ts';
import { columnOf, tableSql } from './tables.ts';

/** What has become of a command, by the database's own tables. */
export type Standing = {
  readonly header?: Header;
  readonly said?: Found | Waiting | Refused; // Absent: nothing of it is there.
  readonly withdrawable: boolean; // The other side has not begun on it, or has refused it.
};

const ERRORS_TOLD = 10;
const DUPLICATES_TOLD = 10;

/** Looks by our reference, in the transaction that is under way. */
export async function standingOf(
  line: Line,
  operation: DatabaseOperation,
  of: { readonly tables: Tables; readonly reference: string; readonly lock?: true },
): Promise<Standing> {
  const header = await readHeader(line, operation, of);
  const { handOver } = operation;
  if (handOver === undefined) {
    if (header === undefined) return { withdrawable: false };
    const table = tableNamed(of.tables, operation.rows[0]?.table ?? '');
    return { header, said: foundIn(operation, table, header), withdrawable: false };
  }
  const result = handOver.result && (await resultOf(line, operation, of));
  if (result !== undefined) {
    return { ...(header && { header }), said: result, withdrawable: false };
  }
  if (header === undefined) return { withdrawable: false };
  return await standingByStatus(line, operation, { ...of, header, handOver });
}

type Asked = {
  readonly tables: Tables;
  readonly reference: string;
  readonly header: Header;
  readonly handOver: HandOver;
};

async function standingByStatus(
  line: Line,
  operation: DatabaseOperation,
  { tables, header, handOver }: Asked,
): Promise<Standing> {
  const name = operation.rows[0]?.table ?? '';
  const table = tableNamed(tables, name);
  const status = statusIn(table, header, handOver.status);
  const is = (list: readonly (Scalar | null)[]): boolean =>
    list.some((one) => (one === null ? status === null : String(one) === status));
  if (is(handOver.refused)) {
    const said = { refused: await refusalOf(line, { tables, table, header, handOver }) };
    return { header, said, withdrawable: true };
  }
  if (is(handOver.booked) && handOver.result === undefined) {
    const said = foundIn(operation, table, header);
    if (said.key !== '') return { header, said, withdrawable: false };
  }
  const place = `${name}, ${handOver.status} ${status === null ? 'empty' : `'${status}'`}`;
  const known = is(handOver.waiting) || is(handOver.booked);
  return {
    header,
    said: { waiting: known ? place : `${place}, which the profile does not know` },
    withdrawable: is(handOver.withdrawable ?? handOver.waiting.slice(0, 1)),
  };
}

function statusIn(table: Table, header: Header, name: string): string | null {
  const cell = header.get(name) ?? null;
  return cell === null ? null : cellText(columnOf(table, name), cell).trimEnd();
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What was booked, by a row that has its key. An empty key: it is not there yet. */
function foundIn(
  { key, version, detail = {} }: DatabaseOperation,
  table: Table,
  row: Header,
): Found {
  const read = (name: string): Json => readCell(columnOf(table, name), row.get(name) ?? null);
  const said: JsonObject = Object.fromEntries(
    Object.entries(detail).map(([word, name]) => [word, read(name)]),
  );
  const [found, seen] = [read(key), version === undefined ? null : read(version)];
  return {
    key: found === null ? '' : textOf(found),
    ...(seen === null ? {} : { version: textOf(seen) }),
    ...(Object.keys(said).length === 0 ? {} : { detail: said }),
  };
}

/** What the other side has made of it, in a table of its own. */
async function resultOf(
  line: Line,
  operation: DatabaseOperation,
  { tables, reference }: { readonly tables: Tables; readonly reference: string },
): Promise<Found | undefined> {
  const { key, version, detail = {}, handOver } = operation;
  const place = handOver?.result;
  if (place === undefined) return undefined;
  const table = tableNamed(tables, place.table);
  const wanted = [place.reference, key, version, ...Object.values(detail)];
  const names = [...new Set(wanted.filter((name) => name !== undefined))];
  const column = columnOf(table, place.reference);
  const rows = await line.session.rows(
    sql`select ${selected(
      line,
      'r',
      names.map((name) => columnOf(table, name)),
    )}
      from ${tableSql(line, table)} r
      where ${compared(line, 'r', { column, at: reference }, '=')}
      order by ${raw('1')} ${line.dialect.limit(DUPLICATES_TOLD)}`,
  );
  const ours = rows
    .map((row): Header => new Map(names.map((name, at) => [name, row[at] ?? null])))
    .filter((row) => row.get(place.reference)?.trimEnd() === reference);
  const [first, ...more] = ours.map((row) => foundIn(operation, table, row));
  if (first === undefined || more.length === 0) return first;
  // Booked more than once, by somebody: a person has to know.
  return { ...first, detail: { ...first.detail, alsoBookedAs: more.map((one) => one.key) } };
}

async function refusalOf(
  line: Line,
  { tables, table, header, handOver }: Omit<Asked, 'reference'> & { readonly table: Table },
): Promise<Refused['refused']> {
  const own = (name: string | undefined): string | undefined => {
    const cell = name === undefined ? null : (header.get(name) ?? null);
    return cell === null ? undefined : cell.trim();
  };
  const lines = await errorsOf(line, { tables, table, header, handOver });
  const [first] = lines;
  const reasons = lines.flatMap(({ message }) => (message === undefined ? [] : [message]));
  const field = first?.field;
  return {
    why: 'invalid',
    code: first?.code ?? own(handOver.code) ?? 'none',
    reason: [own(handOver.message), ...reasons].filter(Boolean).join('; ') || 'no reason was given',
    ...(field === undefined ? {} : { field }),
  };
}

type ErrorLine = { readonly [part in 'code' | 'message' | 'field']: string | undefined };

async function errorsOf(
  line: Line,
  of: Omit<Asked, 'reference'> & { readonly table: Table },
): Promise<readonly ErrorLine[]> {
  const { errors } = of.handOver;
  if (errors === undefined) return [];
  const table = tableNamed(of.tables, errors.table);
  const parts = (['message', 'code', 'field'] as const).flatMap((part) => {
    const name = errors[part];
    return name === undefined ? [] : [{ part, column: columnOf(table, name) }];
  });
  const links = Object.entries(errors.on).map(([own, theirs]) => {
    const column = columnOf(table, own);
    const cell = of.header.get(theirs) ?? '';
    return compared(line, 'e', { column, at: rawParameter(column, cell) }, '=');
  });
  const where = errors.where === undefined ? [] : [filterSql(line, 'e', table, errors.where)];
  const rows = await line.session.rows(
    sql`select ${selected(
      line,
      'e',
      parts.map(({ column }) => column),
    )}
      from ${tableSql(line, table)} e where ${all([...links, ...where])}
      order by ${raw('1')} ${line.dialect.limit(ERRORS_TOLD)}`,
  );
  return rows.map((row) => {
    const cell = (part: string): string | undefined => {
      const at = parts.findIndex((one) => one.part === part);
      const found: Cell = at < 0 ? null : (row[at] ?? null);
      return found === null ? undefined : found.trim();
    };
    return { code: cell('code'), message: cell('message'), field: cell('field') };
  });
}
