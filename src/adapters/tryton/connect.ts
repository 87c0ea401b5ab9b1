import { checked, lookedAt, sayCheck } from '#adapter-kit/checks';
import type { ConnectionCheck, DocumentAdapter, ExchangeLog, SourceDocument } from '#adapter-kit';
import { createHttpClient } from '#adapter-kit/http';
import type { HttpSettings } from '#adapter-kit/http';
import type { Sentence } from '#kernel';
import { fetchBalance, pullBalances } from './balances.ts';
import { CAPABILITIES } from './capabilities.ts';
import { BALANCES, ENTITIES } from './entities.ts';
import type { Entity } from './entities.ts';
import { trytonError } from './errors.ts';
import { pullDocuments } from './pull.ts';
import { readDocuments } from './read-documents.ts';
import { createRpc } from './rpc.ts';
import type { Rpc } from './rpc.ts';
import { trytonSession } from './session.ts';
import type { TrytonSettings } from './settings.ts';
import { isId } from './wire.ts';
import { createWriter } from './writer.ts';

const DOCUMENTS_PER_PAGE = 200;

/** A Tryton as an adapter. Transport, clock, randomness and log are the caller's. */
export function connectTryton(
  settings: TrytonSettings,
  http: Omit<HttpSettings, 'authentication'>,
): DocumentAdapter {
  const client = createHttpClient({
    ...http,
    ...(http.log === undefined ? {} : { log: withoutSessionKeys(http.log) }),
    authentication: (send) => trytonSession(settings, { send, clock: http.clock }),
  });
  const rpc = createRpc(settings, client.send);
  const documentsPerPage = settings.documentsPerPage ?? DOCUMENTS_PER_PAGE;
  return {
    name: 'tryton',
    capabilities: CAPABILITIES,
    test: (stop) => check(rpc, stop),
    pull(name, from, stop) {
      if (name === BALANCES) return pullBalances({ rpc, documentsPerPage, stop }, from);
      return pullNamed(name, (entity) =>
        pullDocuments({ rpc, entity, documentsPerPage, stop }, from),
      );
    },
    fetch: (name, key, stop) => fetchDocument(rpc, name, key, stop),
    writer: createWriter(rpc, settings),
  };
}

/** A sign-in answers with the session's key, under no name that would tell it for a secret. */
const withoutSessionKeys =
  (log: ExchangeLog): ExchangeLog =>
  (exchange) => {
    const signIn = exchange.requestBody?.includes('"common.db.login"') === true;
    log(
      signIn && exchange.responseBody !== undefined
        ? { ...exchange, responseBody: '***' }
        : exchange,
    );
  };

/** Looks the entity up when the reading begins, as everything else that can fail. */
async function* pullNamed<Page>(
  name: string,
  read: (entity: Entity) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  yield* read(entityNamed(name));
}

async function fetchDocument(
  rpc: Rpc,
  name: string,
  key: string,
  stop: AbortSignal,
): Promise<SourceDocument | undefined> {
  stop.throwIfAborted();
  if (name === BALANCES) return fetchBalance({ rpc, documentsPerPage: 1, stop }, key);
  const entity = entityNamed(name);
  if (!isId(key)) return undefined;
  return (await readDocuments(rpc, entity, [key], stop))[0];
}

function entityNamed(name: string): Entity {
  const entity = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  if (entity !== undefined) return entity;
  throw trytonError('not-found', 'tryton.no-entity', `reading '${name}' from Tryton`, {
    remedy: `Name one of ${[...Object.keys(ENTITIES), BALANCES].join(', ')}.`,
  });
}

/** Signs in, then reads one row of every entity: rights are given by model. */
async function check(rpc: Rpc, stop: AbortSignal): Promise<readonly ConnectionCheck[]> {
  const look = async (what: Sentence, ask: () => Promise<Sentence>): Promise<ConnectionCheck> => {
    const told = await lookedAt(what, ask);
    return !told.ok && stop.aborted ? checked(what, false, sayCheck('not-in-time', {})) : told;
  };
  const signedIn = await look(sayCheck('sign-in', {}), async () =>
    sayCheck('works-in-company', { company: await rpc.company(stop) }),
  );
  if (!signedIn.ok) return [signedIn];
  const checks = [signedIn];
  for (const [name, { model, where = [], fields }] of Object.entries(ENTITIES)) {
    const reading = look(sayCheck('read', { entity: name }), async () => {
      await rpc.read(model, 'search_read', [[...where], 0, 1, null, [...fields]], stop);
      return sayCheck('readable', {});
    });
    checks.push(await reading);
  }
  return checks;
}
