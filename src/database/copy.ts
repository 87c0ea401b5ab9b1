import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { copy, sendCopy, withClient } from './connect.ts';
import type { Handle } from './connect.ts';
import { copyMessages } from './copy-query.ts';
import { translated } from './errors.ts';

/** Values of one row as text, in the order of the columns; null is SQL's null. */
export type CopyRow = readonly (string | null)[];

const CHUNK_LENGTH = 65_536;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * Loads rows through COPY, inside the transaction if `handle` is one; memory stays flat.
 * `table` is 'schema.table'. Answers how many rows went in.
 */
export function copyInto(
  handle: Handle,
  table: string,
  columns: readonly string[],
  values: AsyncIterable<CopyRow> | Iterable<CopyRow>,
): Promise<number> {
  const lines = Symbol.iterator in values ? linesOf(values) : linesAsTheyCome(values);
  return copyLines(handle, table, columns, lines);
}

/** As `copyInto`, with values already written by `copyText`; one row or many in each text. */
export function copyLines(
  handle: Handle,
  table: string,
  columns: readonly string[],
  texts: AsyncIterable<string> | Iterable<string>,
): Promise<number> {
  const statement = copyStatement(table, columns);
  if (Symbol.iterator in texts) return copy(handle, statement, copyMessages(texts));
  return withClient(handle, async (client) => {
    const sink = client.query(copyFrom(statement));
    try {
      await pipeline(Readable.from(chunks(texts), { objectMode: true }), sink);
    } catch (error) {
      throw translated(error);
    }
    return sink.rowCount;
  });
}

/** As `copyLines`, without waiting for the end of it: see `send`. */
export const sendLines = (
  handle: Handle,
  table: string,
  columns: readonly string[],
  texts: Iterable<string>,
): Promise<void> => sendCopy(handle, copyStatement(table, columns), copyMessages(texts));

const copyStatement = (table: string, columns: readonly string[]): string =>
  `copy ${table.split('.').map(quoted).join('.')} (${columns.map(quoted).join(', ')}) from stdin`;

/** One value as COPY reads it: values stand between tabs, rows end with a line break. */
export function copyText(value: string | null): string {
  if (value === null) return '\\N';
  if (!/[\\\n\r\t]/.test(value)) return value;
  return value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

const lineOf = (row: CopyRow): string => `${row.map(copyText).join('\t')}\n`;

function* linesOf(values: Iterable<CopyRow>): Generator<string, void, void> {
  for (const row of values) yield lineOf(row);
}

async function* linesAsTheyCome(
  values: AsyncIterable<CopyRow>,
): AsyncGenerator<string, void, void> {
  for await (const row of values) yield lineOf(row);
}

async function* chunks(texts: AsyncIterable<string>): AsyncGenerator<Buffer, void, void> {
  let text = '';
  for await (const part of texts) {
    text += part;
    if (text.length < CHUNK_LENGTH) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
