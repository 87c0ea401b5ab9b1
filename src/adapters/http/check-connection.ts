import { lookedAt, sayCheck } from '#adapter-kit/checks';
import type { Command, ConnectionCheck, Operation } from '#adapter-kit';
import type { Sentence } from '#kernel';
import { ask, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { isDocument, documentOf } from './document-of.ts';
import { readingError } from './judge-answer.ts';
import { lookUpCommand } from './look-up.ts';
import { fetchPage } from './paging/listing.ts';
import { capabilitiesOf } from './capabilities.ts';

type Check = readonly [Sentence, () => Promise<Sentence | string>];

/** Looks at the host, at the first page of every entity and at every lookup. Writes nothing. */
export async function checkConnection(
  connection: Connection,
  stop: AbortSignal,
): Promise<ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  for (const [check, look] of checksOf(connection, stop)) checks.push(await lookedAt(check, look));
  return checks;
}

function checksOf(connection: Connection, stop: AbortSignal): readonly Check[] {
  const { profile } = connection;
  const { health } = profile;
  return [
    ...(health === undefined
      ? []
      : [
          [
            sayCheck('health', { path: health }),
            async () => await checkHealth(connection, health, stop),
          ] satisfies Check,
        ]),
    ...Object.keys(profile.entities).map(
      (name): Check => [
        sayCheck('read', { entity: name }),
        async () => await checkEntity(connection, name, stop),
      ],
    ),
    ...capabilitiesOf(profile).writes.map(
      (operation): Check => [
        sayCheck('look-up', { operation }),
        async () => await checkLookup(connection, operation, stop),
      ],
    ),
  ];
}

async function checkHealth(
  connection: Connection,
  path: string,
  stop: AbortSignal,
): Promise<Sentence | string> {
  const url = urlOf(connection, { path });
  const { answer, judgement } = await ask(connection, { method: 'GET', url }, stop);
  if (!judgement.ok) throw readingError(judgement.refusal, `GET ${path}`);
  return sayCheck('answered', { status: answer.status });
}

async function checkEntity(
  connection: Connection,
  name: string,
  stop: AbortSignal,
): Promise<Sentence | string> {
  const entity = connection.profile.entities[name];
  if (entity === undefined) return '';
  const listing = { connection, name, entity, query: entity.query ?? {} };
  const { records, total, headers } = await fetchPage(listing, {}, stop);
  const made = records.map((record) => documentOf(record, entity, headers));
  const wrong = made.find((one) => !isDocument(one));
  if (wrong !== undefined && !isDocument(wrong)) throw new Error(`a record ${wrong.reason}`);
  const count = records.length;
  if (count === 0) return sayCheck('empty', {});
  return total === undefined
    ? sayCheck('first-page', { count })
    : sayCheck('first-page-of', { count, total });
}

const NOT_THERE = 'RIALTO-CHECK-0';

async function checkLookup(
  connection: Connection,
  operation: Operation,
  stop: AbortSignal,
): Promise<Sentence | string> {
  const command: Command = { operation, reference: NOT_THERE, payload: {}, target: { key: '0' } };
  const found = await lookUpCommand(connection, command, stop);
  if (found !== undefined) throw new Error(`it found '${found.key}' by a reference nobody gave`);
  return sayCheck('asked-for-references', {});
}
