import type { SourceDocument } from '#adapter-kit';
import { isUnfit, parameterOf } from './cell.ts';
import type { Column } from './column.ts';
import { all, compared } from './conditions.ts';
import { entityOf, onSession } from './connection.ts';
import type { Connection } from './connection.ts';
import { isDocument, keyParts } from './document-of.ts';
import { sourceError } from './errors.ts';
import { layOut } from './layout.ts';
import { readPage } from './read-page.ts';
import type { Sql } from './sql.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Reads one document as it is now; undefined: there is none, or no longer. */
export async function fetchDocument(
  connection: Connection,
  name: string,
  key: string,
  stop: AbortSignal,
): Promise<SourceDocument | undefined> {
  stop.throwIfAborted();
  const entity = entityOf(connection, name);
  const parts = keyParts(key, entity.key.length);
  if (parts === undefined) return undefined;
  return await onSession(connection, stop, async (line) => {
    const layout = await layOut(line, entity);
    const same = layout.key.map((column, at) => equals(connection, column, parts[at] ?? ''));
    if (same.some((one) => one === undefined)) return undefined;
    const where = [all(same.filter((one) => one !== undefined))];
    const { documents, problems } = await readPage(line, { layout, where, by: 'key', rows: 1 });
    const [problem] = problems;
    if (problem === undefined) return documents.find(isDocument);
    throw sourceError('invalid', 'database.source-refused', `reading ${name} ${key}`, {
      cause: new Error(`the document ${problem.reason}`),
    });
  });
}

/** Undefined: no row can have this key. */
function equals(connection: Connection, column: Column, text: string): Sql | undefined {
  const at = parameterOf(column, text);
  if (isUnfit(at) || (/^uuid|^uniqueidentifier/.test(column.type) && !UUID.test(text))) {
    return undefined;
  }
  return compared(connection, 'h', { column, at }, '=');
}
