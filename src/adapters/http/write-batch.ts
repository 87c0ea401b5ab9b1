import { outcomeOfFailure } from '#adapter-kit';
import type { BatchWriter, Command, Operation, PrintableJson, WriteOutcome } from '#adapter-kit';
import { evaluate, textAt, valueAt } from '#adapter-kit/expression';
import type { Misfit } from '#adapter-kit/expression';
import type { HttpRequest } from '#adapter-kit/http';
import type { Json } from '#kernel';
import { ask, jsonBody, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { judgeBody } from './judge-answer.ts';
import type { Batch } from './profile/batch.ts';
import type { HttpOperation } from './profile/operation.ts';
import { accepted, filledTexts, operationOf, refused, unfit } from './write-command.ts';

type Answers = Awaited<ReturnType<BatchWriter['write']>>;
type Part = { readonly command: Command; readonly value: PrintableJson };

/** How several go out as one, where the profile says so; undefined: always one at a time. */
export function batchWriterOf(connection: Connection): BatchWriter | undefined {
  const operations = batchesOf(connection);
  const most = Object.values(operations);
  if (most.length === 0) return undefined;
  return {
    commandsMax: Math.max(...most),
    operations,
    write: async (commands, stop) => await writeBatch(connection, commands, stop),
  };
}

function batchesOf({ profile }: Connection): Partial<Record<Operation, number>> {
  return Object.fromEntries(
    Object.entries(profile.operations).flatMap(([name, { batch }]) =>
      batch === undefined ? [] : [[name, batch.commandsMax]],
    ),
  );
}

/** Sends commands as one request, once. Those that cannot be said are left out, and told. */
async function writeBatch(
  connection: Connection,
  commands: readonly Command[],
  stop: AbortSignal,
): Promise<Answers> {
  const [first] = commands;
  const operation = first === undefined ? undefined : operationOf(connection, first);
  const batch = operation?.batch;
  if (operation === undefined || batch === undefined || commands.some(({ target }) => target)) {
    const reason = 'the profile does not say how these go out as one';
    return { all: { outcome: 'rejected', why: 'unsupported', code: 'none', reason } };
  }
  const made = commands.map((command) => partOf(operation, batch, command));
  const parts = made.flatMap((one) => ('value' in one ? [one] : []));
  if (parts.length === 0)
    return { each: made.map((one) => unfit('misfits' in one ? one.misfits : [])) };
  const told = await send(connection, { operation, batch }, parts, stop);
  const all = 'all' in told ? told.all : undefined;
  if (all !== undefined && parts.length === commands.length) return { all };
  const each = 'each' in told ? told.each : parts.map(() => told.all);
  return {
    each: made.map((one) =>
      'misfits' in one ? unfit(one.misfits) : (each[parts.indexOf(one)] ?? UNANSWERED),
    ),
  };
}

function partOf(
  operation: HttpOperation,
  batch: Batch,
  command: Command,
): Part | { readonly misfits: readonly Misfit[] } {
  const body = batch.each ?? operation.body;
  const { value, misfits } =
    body === undefined ? { value: {}, misfits: [] } : evaluate(body, command);
  if (misfits.length > 0) return { misfits };
  return { command, value: value ?? {} };
}

async function send(
  connection: Connection,
  { operation, batch }: { readonly operation: HttpOperation; readonly batch: Batch },
  parts: readonly Part[],
  stop: AbortSignal,
): Promise<Answers> {
  try {
    const { judgement } = await ask(connection, requestOf(connection, batch, parts), stop);
    if (!judgement.ok) return { all: refused(judgement.refusal) };
    const records = valueAt(judgement.body, batch.answers.records);
    if (!Array.isArray(records)) {
      const reason = `it was accepted, but no list of answers stands at '${batch.answers.records}'`;
      return { all: { outcome: 'uncertain', reason } };
    }
    const recordOf = finder(records, batch, parts.length);
    return {
      each: parts.map(({ command }, at) => {
        const record = recordOf(command, at);
        return record === undefined
          ? UNANSWERED
          : outcomeOf(connection, { operation, batch }, command, record);
      }),
    };
  } catch (error) {
    return { all: outcomeOfFailure(error) };
  }
}

function requestOf(
  connection: Connection,
  { method, path, query, headers, list, beside = {} }: Batch,
  parts: readonly Part[],
): HttpRequest & { readonly method: string } {
  const values = parts.map(({ value }) => value);
  const body = jsonBody(list === '' ? values : { ...beside, [list]: values });
  return {
    method,
    url: urlOf(connection, { path, query: filledTexts(query, nothing) }),
    headers: { ...body.headers, ...filledTexts(headers, nothing) },
    body: body.body,
    safety: 'write',
  };
}

const nothing = (): undefined => undefined;

/** Finds the answer to a command: by our reference, or by its place when every one is answered. */
function finder(
  records: readonly Json[],
  { answers: { match } }: Batch,
  sent: number,
): (command: Command, at: number) => Json | undefined {
  if (match === undefined) return (_, at) => (records.length === sent ? records[at] : undefined);
  return ({ reference }) => {
    const ours = records.filter((record) => textAt(record, match) === reference);
    return ours.length === 1 ? ours[0] : undefined;
  };
}

function outcomeOf(
  { profile, client }: Connection,
  { operation, batch }: { readonly operation: HttpOperation; readonly batch: Batch },
  command: Command,
  record: Json,
): WriteOutcome {
  const { status: statusPath, document: documentPath } = batch.answers;
  const said = statusPath === undefined ? '200' : textAt(record, statusPath);
  const status = Number(said);
  if (said === undefined || !Number.isInteger(status)) return UNANSWERED;
  const document = documentPath === undefined ? record : valueAt(record, documentPath);
  const judgement = judgeBody({ status, body: document ?? record }, profile.errors, client.mask);
  if (judgement.ok) return accepted(operation, command, { headers: {}, body: judgement.body });
  return refused(judgement.refusal);
}

const UNANSWERED: WriteOutcome = {
  outcome: 'uncertain',
  reason: 'the batch was answered, this part of it was not, or not clearly',
};
