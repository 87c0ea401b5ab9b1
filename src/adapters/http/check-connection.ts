import type { Command, ConnectionCheck, Operation } from '#adapter-kit';
import { describeError } from '#kernel';
import { ask, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { isDocument, documentOf } from './document-of.ts';
import { readingError } from './judge-answer.ts';
import { lookUpCommand } from './look-up.ts';
import { fetchPage } from './paging/listing.ts';
import { capabilitiesOf } from './capabilities.ts';

type Check = () => Promise<string>;

/** Looks at the host, at the first page of every entity and at every lookup. Writes nothing. */
export async function checkConnection(
  connection: Connection,
  stop: AbortSignal,
): Promise<ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  for (const [check, look] of checksOf(connection, stop)) checks.push(await answered(check, look));
  return checks;
}

function checksOf(connection: Connection, stop: AbortSignal): readonly [string, Check][] {
  const { profile } = connection;
  const { health } = profile;
  return [
    ...(health === undefined
      ? []
      : [[`health: ${health}`, async () => await checkHealth(connection, health, stop)] as const]),
    ...Object.keys(profile.entities).map(
      (name) => [`read ${name}`, async () => await checkEntity(connection, name, stop)] as const,
    ),
    ...capabilitiesOf(profile).writes.map(
      (operation) =>
        [
          `look up ${operation}`,
          async () => await checkLookup(connection, operation, stop),
        ] as const,
    ),
  ].map(([check, look]) => [check, look]);
}

async function answered(check: string, look: Check): Promise<ConnectionCheck> {
  try {
    return { check, ok: true, detail: await look() };
  } catch (error) {
    const remedy = remedyOf(error);
    const detail = describeError(error);
    return { check, ok: false, detail: remedy === undefined ? detail : `${detail}. ${remedy}` };
  }
}

async function checkHealth(
  connection: Connection,
  path: string,
  stop: AbortSignal,
): Promise<string> {
  const url = urlOf(connection, { path });
  const { answer, judgement } = await ask(connection, { method: 'GET', url }, stop);
  if (!judgement.ok) throw readingError(judgement.refusal, `GET ${path}`);
  return `it answered ${answer.status}`;
}

async function checkEntity(
  connection: Connection,
  name: string,
  stop: AbortSignal,
): Promise<string> {
  const entity = connection.profile.entities[name];
  if (entity === undefined) return '';
  const listing = { connection, name, entity, query: entity.query ?? {} };
  const { records, total, headers } = await fetchPage(listing, {}, stop);
  const made = records.map((record) => documentOf(record, entity, headers));
  const wrong = made.find((one) => !isDocument(one));
  if (wrong !== undefined && !isDocument(wrong)) throw new Error(`a record ${wrong.reason}`);
  if (records.length === 0) return 'it answers, and has none';
  return `${records.length} on the first page${total === undefined ? '' : `, ${total} in all`}`;
}

const NOT_THERE = 'RIALTO-CHECK-0';

async function checkLookup(
  connection: Connection,
  operation: Operation,
  stop: AbortSignal,
): Promise<string> {
  const command: Command = { operation, reference: NOT_THERE, payload: {}, target: { key: '0' } };
  const found = await lookUpCommand(connection, command, stop);
  if (found !== undefined) throw new Error(`it found '${found.key}' by a reference nobody gave`);
  return 'it can be asked for our references';
}

const remedyOf = (error: unknown): string | undefined =>
  error instanceof Error && 'remedy' in error && typeof error.remedy === 'string'
    ? error.remedy
    : undefined;
