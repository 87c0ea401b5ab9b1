import type { DocumentProblem, SourceDocument } from '#adapter-kit';
import { valueAt } from '#adapter-kit/expression';
import { ask, entityOf, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { documentOf, isDocument, keyValues } from './document-of.ts';
import { httpError } from './errors.ts';
import { fillTemplate } from './fill-template.ts';
import { readingError } from './judge-answer.ts';
import type { Entity } from './profile/entity.ts';

/** Reads one document as it is now; undefined: there is none, or no longer. */
export async function fetchDocument(
  connection: Connection,
  name: string,
  key: string,
  stop: AbortSignal,
): Promise<SourceDocument | undefined> {
  stop.throwIfAborted();
  const made = await fetchDetail(connection, entityOf(connection, name), key, stop);
  if (made === undefined || isDocument(made)) return made;
  throw httpError('invalid', 'http.unexpected-answer', `reading ${name} ${key}`, {
    cause: new Error(`the document ${made.reason}`),
    remedy: `Check 'entities.${name}.detail' and 'key'.`,
  });
}

/** The same, for a document of a known entity that a list has named. */
export async function fetchDetail(
  connection: Connection,
  entity: Entity,
  key: string,
  stop: AbortSignal,
): Promise<SourceDocument | DocumentProblem | undefined> {
  const { path, query, record } = entity.detail;
  const filled = fillTemplate(path, keyValues(key), 'path');
  if (filled === undefined) return undefined; // Not a key of this entity.
  const url = urlOf(connection, { path: filled, ...(query === undefined ? {} : { query }) });
  const { answer, judgement } = await ask(connection, { method: 'GET', url }, stop);
  if (!judgement.ok) {
    if (judgement.refusal.why === 'not-found') return undefined;
    throw readingError(judgement.refusal, `GET ${connection.client.mask.url(url)}`);
  }
  const found = valueAt(judgement.body, record);
  if (found === undefined || found === null) return undefined;
  return documentOf(found, entity, answer.headers);
}
