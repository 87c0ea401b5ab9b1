import type {
  Cursor,
  DocumentAdapter,
  DocumentProblem,
  DocumentsPage,
  ExchangeLog,
  PullFrom,
  SourceDocument,
} from '#adapter-kit';
import { assert, RialtoError } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { parseInstant } from '#kernel/time';
import { COLLECTIONS, isCollection } from './document.ts';
import type { Collection } from './document.ts';
import { connectClient } from './erp-client.ts';
import type { ErpClient, ErpReply } from './erp-client.ts';
import { ERP_WRITES, erpWriter } from './erp-writer.ts';
import { isObject, textIn } from './make-fields.ts';

/** The collection that holds the documents of a canonical kind. */
export const COLLECTION_OF: Readonly<Record<string, Collection>> = {
  supplier: 'suppliers',
  item: 'items',
  'purchase-order': 'purchase-orders',
  'goods-receipt': 'goods-receipts',
  'supplier-invoice': 'supplier-invoices',
};

/** Connects to the hostile ERP: for its own tests and benches, no part of the product. */
export function connectHostileErp(settings: {
  readonly url: string;
  readonly batches?: boolean; // Commands go out several at once.
  readonly log?: ExchangeLog;
}): DocumentAdapter {
  const call = connectClient(settings.url, settings.log);
  return {
    name: 'hostile-erp',
    capabilities: {
      reads: Object.fromEntries(COLLECTIONS.map((name) => [name, 'incremental'] as const)),
      writes: ERP_WRITES,
      deletions: 'found-by-snapshot',
    },
    async test(stop) {
      const reply = await call('GET', 'suppliers?limit=1', { stop });
      const detail = reply.status === 200 ? 'it answers' : failureOf(reply);
      return [{ check: 'reads suppliers', ok: reply.status === 200, detail }];
    },
    pull: (entity, from, stop) => pull(call, entity, from, stop),
    async fetch(entity, key, stop) {
      stop.throwIfAborted();
      const reply = await call('GET', `${named(entity)}/${encodeURIComponent(key)}`, { stop });
      if (reply.status === 404) return undefined;
      if (!succeeded(reply)) throw unavailable(`reading ${entity} ${key}: ${failureOf(reply)}`);
      return documentOf(reply.body);
    },
    writer: erpWriter(call, settings.batches ?? false),
  };
}

async function* pull(
  call: ErpClient,
  entity: string,
  from: PullFrom,
  stop: AbortSignal,
): AsyncGenerator<DocumentsPage, void, void> {
  const collection = named(entity);
  let path: string = from.after ?? `${collection}?limit=500`;
  const began = from.mode === 'snapshot' ? await newestChange(call, collection, stop) : undefined;
  for (;;) {
    stop.throwIfAborted();
    const reply = await call('GET', path, { stop });
    const rows = reply.body['data'];
    if (!succeeded(reply) || !Array.isArray(rows)) {
      throw unavailable(`listing ${entity}: ${failureOf(reply)}`);
    }
    const documents = rows.filter(isObject).map(documentOf);
    const cursor = textIn(reply.body, 'nextCursor');
    const newest = documents.at(-1)?.changedAt;
    if (cursor !== '') path = `${path.replace(/&cursor=.*$/, '')}&cursor=${cursor}`;
    else if (from.mode === 'changes' && newest !== undefined) {
      path = `${collection}?limit=500&changedSince=${newest}`;
    }
    const changesFrom =
      began === undefined ? {} : { changesFrom: cursorOf(`${collection}?${began}`) };
    const problems: readonly DocumentProblem[] = [];
    const page = { documents, problems, next: cursorOf(path) };
    if (cursor === '') {
      yield { ...page, last: true, ...changesFrom };
      return;
    }
    yield page;
  }
}

/** From where changes are asked for after a snapshot: the newest change there was before it. */
async function newestChange(
  call: ErpClient,
  collection: Collection,
  stop: AbortSignal,
): Promise<string> {
  stop.throwIfAborted();
  let newest = '2000-01-01T00:00:00.000Z';
  let path: string | undefined = `${collection}?limit=500&changedSince=${newest}`;
  while (path !== undefined) {
    const reply: ErpReply = await call('GET', path, { stop });
    const rows: Json | undefined = reply.body['data'];
    if (!succeeded(reply) || !Array.isArray(rows)) throw unavailable(failureOf(reply));
    for (const row of rows.filter(isObject)) {
      const changedAt = textIn(row, 'changedAt');
      if (changedAt > newest) newest = changedAt;
    }
    const cursor = textIn(reply.body, 'nextCursor');
    path = cursor === '' ? undefined : `${path.replace(/&cursor=.*$/, '')}&cursor=${cursor}`;
  }
  return `limit=500&changedSince=${newest}`;
}

function documentOf(body: JsonObject): SourceDocument {
  const { version: _version, changedAt: _changedAt, ...content } = body;
  const changedAt = parseInstant(textIn(body, 'changedAt'));
  return {
    key: textIn(body, 'id'),
    content,
    version: textIn(body, 'version'),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}

function named(entity: string): Collection {
  if (isCollection(entity)) return entity;
  const remedy = `Use one of ${COLLECTIONS.join(', ')}.`;
  throw new RialtoError('not-found', 'hostile-erp.no-such-entity', `reading ${entity}`, { remedy });
}

function unavailable(message: string): RialtoError {
  return new RialtoError('unavailable', 'hostile-erp.failed', message);
}

const succeeded = ({ status, body }: ErpReply): boolean =>
  status >= 200 && status < 300 && body['error'] === undefined;

const failureOf = ({ status, failure }: ErpReply): string => failure ?? `it answered ${status}`;

function cursorOf(path: string): Cursor {
  assert(path !== '', 'a cursor is a path');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made here, read here.
  return path as Cursor;
}
