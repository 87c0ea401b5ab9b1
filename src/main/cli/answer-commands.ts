import { z } from 'zod';
import type { Locale } from '#assistant';
import { EXIT_CODES, mainError } from '../errors.ts';
import { followWork } from './follow-work.ts';
import { printAnswer } from './print-answer.ts';
import { readJson } from './read-json.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** Asks a question in plain words. An answer that says "unsupported" is an answer: exit code 0. */
export async function askQuestion(
  { client, json }: Context,
  question: string,
  how: { readonly asOf?: string; readonly locale?: string; readonly after?: string },
): Promise<number> {
  const { asOf } = how;
  const locale = localeOf(how.locale);
  const answer = await client.call('askQuestion', {
    body: {
      question,
      ...(how.after === undefined ? {} : { after: queryIn(how.after) }),
      ...(asOf === undefined ? {} : { asOf }),
      locale,
    },
  });
  if (json) printJson(answer);
  else printAnswer(answer, locale);
  return EXIT_CODES.done;
}

const Before = z.record(z.string(), z.json());

/** The typed query of an answer that was kept: the answer whole, as `--json` prints it, or its query. */
function queryIn(path: string): z.infer<typeof Before> {
  const told = readJson(path);
  const read = z.union([z.object({ query: Before }).transform(({ query }) => query), Before]);
  const before = read.safeParse(told);
  if (before.success) return before.data;
  throw mainError('invalid', 'main.bad-setting', `reading ${path}`, {
    remedy: 'It has to hold an answer as `rialto ask … --json` prints it.',
  });
}

/** The language asked for, else that of the terminal. */
function localeOf(asked: string | undefined): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (asked ?? LC_ALL ?? LC_MESSAGES ?? LANG ?? '').startsWith('de') ? 'de' : 'en';
}

/** Lists what can be asked. */
export async function showMetrics({ client, json }: Context): Promise<number> {
  const reply = await client.call('listMetrics');
  if (json) printJson(reply);
  else {
    printTable(
      ['metric', 'unit', 'answers'],
      reply.metrics.map(({ name, unit, answers }) => [name, unit, answers.en]),
    );
    console.log(`\nBy: ${reply.dimensions.map(({ name }) => name).join(', ')}`);
  }
  return EXIT_CODES.done;
}

/** Shows what is here and how fresh it is. */
export async function showStatus({ client, json }: Context): Promise<number> {
  const reply = await client.call('getOverview');
  if (json) printJson({ address: client.address, ...reply });
  else {
    const { counts, freshness, integrations, lastRun } = reply;
    console.log(
      `${counts.suppliers} suppliers, ${counts.items} items, ${counts.purchaseOrders} purchase orders; ${counts.quarantined} entries in quarantine.`,
    );
    console.log(`Sources: ${integrations.map(({ name }) => name).join(', ') || 'none'}`);
    console.log(
      freshness.behind ? 'The warehouse is catching up.' : 'The warehouse is up to date.',
    );
    if (lastRun !== undefined) {
      console.log(`Last run: ${lastRun.integration}, ${lastRun.status}, ${lastRun.startedAt}`);
    }
  }
  return EXIT_CODES.done;
}

/** Builds the warehouse anew. */
export async function rebuildWarehouse({ client, json }: Context): Promise<number> {
  await client.call('startRebuild');
  const { result } = await followWork(() => client.call('getRebuild'), json);
  const { position = '0', tables = [] } = result ?? {};
  if (json) printJson({ position, tables });
  else {
    const told = new Map([
      [true, 'identical'],
      [false, 'different'],
    ]);
    printTable(
      ['table', 'rows', 'compared with before'],
      tables.map(({ table, rows, same }) => [
        table,
        rows,
        same === null ? 'records changed meanwhile' : (told.get(same) ?? ''),
      ]),
    );
    console.log(`The warehouse is built anew, up to position ${position} of the log.`);
  }
  return EXIT_CODES.done;
}

/** Prints a fresh sign-in link. */
export async function printSignInLink({ client, json }: Context): Promise<number> {
  const { path } = await client.call('createSignInLink');
  const link = new URL(path, client.address).href;
  if (json) printJson({ link });
  else console.log(`${link}\nIt works once, within half an hour, while Rialto runs.`);
  return EXIT_CODES.done;
}
