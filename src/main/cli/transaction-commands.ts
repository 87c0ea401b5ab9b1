import { z } from 'zod';
import { NewTransaction } from '#api-contract/transaction';
import type { Transaction } from '#api-contract/transaction';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import { readJson } from './read-json.ts';
import type { Context } from './source-commands.ts';

/** What lists may be narrowed to. */
export type TransactionFilter = {
  readonly integration?: string;
  readonly state?: string;
  readonly operation?: string;
  readonly batch?: string;
  readonly search?: string;
  readonly limit: string;
};

const Payload = z.record(z.string(), z.json());
const Transactions = z.array(NewTransaction.omit({ integration: true }));

/** Lists what was written to other systems, newest first. */
export async function showTransactions(
  { client, json }: Context,
  { limit, ...query }: TransactionFilter,
): Promise<number> {
  const reply = await client.call('listTransactions', { query: { ...query, pageSize: limit } });
  return printList(reply, json);
}

/** Lists those that wait for a person. */
export async function showDeadLetters(
  { client, json }: Context,
  { limit, integration, operation, search }: TransactionFilter,
): Promise<number> {
  const query = {
    pageSize: limit,
    ...(integration === undefined ? {} : { integration }),
    ...(operation === undefined ? {} : { operation }),
    ...(search === undefined ? {} : { search }),
  };
  const reply = await client.call('listDeadLetters', { query });
  printList(reply, json);
  const [first] = reply.items;
  if (!json && first !== undefined) {
    console.log(`See what it carries: rialto transactions show ${first.id}`);
    console.log('Then: rialto dead-letters edit, retry or dismiss; an uncertain one: settle.');
  }
  return EXIT_CODES.done;
}

/** Shows a transaction with its story. */
export async function showTransaction({ client, json }: Context, id: string): Promise<number> {
  const transaction = await client.call('getTransaction', { params: { id } });
  if (json) {
    printJson(transaction);
    return EXIT_CODES.done;
  }
  printList({ items: [transaction], total: 1 }, false);
  if (transaction.via !== undefined) console.log(`It went by ${transaction.via}.`);
  if (transaction.place !== undefined) console.log(`It lies at ${transaction.place}.`);
  const next = nextStep(transaction);
  if (next !== undefined) console.log(next);
  console.log(JSON.stringify(transaction.payload, undefined, 2));
  printTable(
    ['when', 'what', 'by', 'came of it', 'exchanges'],
    transaction.story.map(({ startedAt, action, by, outcome, exchanges }) => [
      startedAt,
      action,
      by,
      outcome,
      exchanges.length,
    ]),
  );
  return EXIT_CODES.done;
}

/** What a person may do about one that is not booked, or when it goes on by itself. */
function nextStep({ id, state, attempts, nextTryAt }: Transaction): string | undefined {
  switch (state) {
    case 'intent':
      return attempts === 0
        ? undefined
        : `It is tried again at ${nextTryAt ?? 'once'}; now: rialto dead-letters retry ${id}`;
    case 'uncertain':
      return `It is looked for again at ${nextTryAt ?? 'once'}. Seen there yourself: rialto dead-letters settle ${id} --booked-as <key> --reason <text>`;
    case 'dead':
      return `Correct it: rialto dead-letters edit ${id} --file <path>, then retry; or dismiss it.`;
    case 'conflict':
      return 'See what met: rialto conflicts list';
    case 'sending':
    case 'handed-over':
    case 'accepted':
    case 'dismissed':
      return undefined;
  }
}

/** Takes back what was handed over. */
export async function withdrawTransaction(
  { client, json }: Context,
  id: string,
  reason: string,
): Promise<number> {
  return tell(await client.call('withdrawTransaction', { params: { id }, body: { reason } }), json);
}

/** Writes down that something is to be booked, or says what it would do. */
export async function createTransaction(
  { client, json }: Context,
  wanted: {
    readonly integration: string;
    readonly operation: string;
    readonly businessKey: string;
    readonly file?: string;
    readonly target?: string;
    readonly dryRun: boolean;
  },
): Promise<number> {
  const { integration, operation, businessKey, file, target, dryRun } = wanted;
  const body = {
    integration,
    operation,
    businessKey,
    payload: file === undefined ? {} : payloadOf(file),
    ...(target === undefined ? {} : { target: { key: target } }),
  };
  if (dryRun) {
    const trial = await client.call('tryTransaction', { body });
    printJson(trial);
    return trial.supported && trial.problems.length === 0 ? EXIT_CODES.done : EXIT_CODES.invalid;
  }
  const transaction = await client.call('createTransaction', { body });
  if (json) printJson(transaction);
  else {
    console.log(whatBecomes(transaction));
    console.log(`Follow it: rialto transactions show ${transaction.id}`);
    sayWhenNobodySends(client);
  }
  return EXIT_CODES.done;
}

function whatBecomes({ id, integration, state, attempts, resultKey }: Transaction): string {
  if (state === 'intent' && attempts === 0) return `${id} will be sent to ${integration}.`;
  const there = resultKey === undefined ? '' : `, in ${integration} as ${resultKey}`;
  return `${id} was asked for before: it is ${state}${there}. Nothing is sent twice.`;
}

/** Replaces what a dead letter carries. */
export async function editDeadLetter(
  { client, json }: Context,
  id: string,
  file: string,
): Promise<number> {
  const payload = payloadOf(file);
  return tell(await client.call('editDeadLetter', { params: { id }, body: { payload } }), json);
}

/** Sends a dead letter again. */
export async function retryDeadLetter({ client, json }: Context, id: string): Promise<number> {
  return tell(await client.call('retryDeadLetter', { params: { id } }), json);
}

/** Sends all dead letters of a system again that fit. */
export async function retryDeadLetters(
  { client, json }: Context,
  body: { readonly integration: string; readonly operation?: string; readonly search?: string },
): Promise<number> {
  const reply = await client.call('retryDeadLetters', { body });
  if (json) printJson(reply);
  else console.log(`${reply.retried} are sent again.`);
  return EXIT_CODES.done;
}

/** Gives a transaction up for good. */
export async function dismissDeadLetter(
  { client, json }: Context,
  id: string,
  reason: string,
): Promise<number> {
  return tell(await client.call('dismissDeadLetter', { params: { id }, body: { reason } }), json);
}

/** Says what a person saw in the other system. */
export async function settleDeadLetter(
  { client, json }: Context,
  id: string,
  seen: { readonly bookedAs?: string; readonly reason: string },
): Promise<number> {
  const body = { bookedAs: seen.bookedAs ?? null, reason: seen.reason };
  return tell(await client.call('settleDeadLetter', { params: { id }, body }), json);
}

/** Takes a batch back. */
export async function rollBack(
  { client, json }: Context,
  batch: string,
  confirm: readonly string[],
): Promise<number> {
  const confirmed = confirm.map((pair) => {
    const at = pair.indexOf('=');
    return { id: pair.slice(0, at), seen: pair.slice(at + 1) };
  });
  const params = { id: batch };
  const done = await client.call('rollBackBatch', { params, body: { confirmed } });
  if (json) printJson(done);
  else {
    console.log(`${done.undone.length} are taken back${inBatch(done.batchId)}.`);
    for (const { id, operation, businessKey, why, sent, there } of done.refused) {
      console.log(`Not ${operation} ${businessKey} (${id}): ${why}`);
      if (there !== undefined) console.log(JSON.stringify({ sent, there }, undefined, 2));
    }
    for (const { id, operation, businessKey, there, restores, seen } of done.asks) {
      console.log(`${operation} ${businessKey} (${id}) was found by looking:`);
      console.log('something may have been changed before that.');
      console.log(JSON.stringify({ there, restores }, undefined, 2));
      console.log(`To take it back too: rialto rollback ${batch} --confirm ${id}=${seen}`);
    }
  }
  return done.refused.length + done.asks.length === 0 ? EXIT_CODES.done : EXIT_CODES.held;
}

/** Lists batches, newest first. */
export async function showBatches(
  { client, json }: Context,
  { integration, limit }: { readonly integration?: string; readonly limit: string },
): Promise<number> {
  const which = integration === undefined ? {} : { integration };
  const reply = await client.call('listBatches', { query: { ...which, pageSize: limit } });
  if (json) printJson(reply);
  else {
    printTable(
      ['batch', 'integration', 'title', 'when', 'transactions', 'takes back'],
      reply.items.map(({ id, integration: of, title, createdAt, counts, undoes }) => [
        id,
        of,
        title,
        createdAt,
        Object.entries(counts)
          .map(([state, count]) => `${count} ${state}`)
          .join(', '),
        undoes,
      ]),
    );
  }
  return EXIT_CODES.done;
}

/** Writes down a batch from a file: all of it or nothing. */
export async function createBatch(
  { client, json }: Context,
  how: { readonly integration: string; readonly title: string; readonly file: string },
): Promise<number> {
  const { integration, title, file } = how;
  const transactions = Transactions.safeParse(readJson(file));
  if (!transactions.success) {
    throw mainError('invalid', 'main.bad-setting', `reading ${file}`, {
      remedy: 'It has to hold a list of { operation, businessKey, payload, target? }.',
    });
  }
  const body = { integration, title, transactions: transactions.data };
  const reply = await client.call('createBatch', { body });
  if (json) printJson(reply);
  else {
    console.log(`Batch ${reply.id}: ${reply.created} transactions will be sent to ${integration}.`);
    console.log(`Follow it: rialto transactions list --batch ${reply.id}`);
    sayWhenNobodySends(client);
  }
  return EXIT_CODES.done;
}

/** A command that ends sends nothing. */
function sayWhenNobodySends({ stays }: Context['client']): void {
  if (!stays)
    console.log('Rialto is not running: nothing is sent before it is started (npm start).');
}

const inBatch = (id: string | undefined): string => (id === undefined ? '' : `, as batch ${id}`);

function payloadOf(file: string): z.infer<typeof Payload> {
  const parsed = Payload.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  throw mainError('invalid', 'main.bad-setting', `reading ${file}`, {
    remedy: 'It has to hold one JSON object.',
  });
}

function tell(transaction: Transaction, json: boolean): number {
  if (json) printJson(transaction);
  else console.log(`${transaction.id}: ${transaction.state}`);
  return EXIT_CODES.done;
}

function printList(
  reply: { readonly items: readonly Transaction[]; readonly total: number },
  json: boolean,
): number {
  if (json) {
    printJson(reply);
    return EXIT_CODES.done;
  }
  printTable(
    ['id', 'integration', 'operation', 'for', 'state', 'by', 'there', 'tries', 'why'],
    reply.items.map((each) => [
      each.id,
      each.integration,
      each.operation,
      each.businessKey,
      each.state,
      each.via,
      each.resultKey,
      each.attempts,
      each.refusal?.reason,
    ]),
  );
  if (reply.total > reply.items.length) console.log(`… of ${reply.total}; see --limit.`);
  return EXIT_CODES.done;
}
