import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { withClient } from './connect.ts';
import type { Handle } from './connect.ts';
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
export async function copyInto(
  handle: Handle,
  table: string,
  columns: readonly string[],
  values: AsyncIterable<CopyRow> | Iterable<CopyRow>,
): Promise<number> {
  const target = table.split('.').map(quoted).join('.');
  const statement = `copy ${target} (${columns.map(quoted).join(', ')}) from stdin`;
  return withClient(handle, async (client) => {
    const sink = client.query(copyFrom(statement));
    try {
      await pipeline(Readable.from(chunks(values), { objectMode: true }), sink);
    } catch (error) {
      throw translated(error);
    }
    return sink.rowCount;
  });
}

async function* chunks(
  values: AsyncIterable<CopyRow> | Iterable<CopyRow>,
): AsyncGenerator<Buffer, void, void> {
  let text = '';
  for await (const row of values) {
    text += `${row.map(copyText).join('\t')}\n`;
    if (text.length >= CHUNK_LENGTH) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

function copyText(value: string | null): string {
  if (value === null) return '\\N';
  return value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
