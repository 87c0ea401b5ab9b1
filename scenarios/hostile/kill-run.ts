/**
 * Workers post to the hostile ERP and a puller syncs in from it, while workers, puller, PostgreSQL
 * and the ERP are killed at random instants. At the end Rialto's journal is compared with the ERP's
 * own ledger, and its records with what the ERP holds.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate, openDatabase, rows, sql, transact } from '#database';
import type { Database } from '#database';
import { describeError } from '#kernel';
import { systemClock } from '#kernel/time';
import { intend, listPostings, postingsMigrations } from '#postings';
import type { Posting, PostingDraft } from '#postings';
import { recordsMigrations } from '#records';
import { syncMigrations } from '#sync';
import { Books } from '../../simulators/hostile-erp/books.ts';
import { makeCompany } from '../../simulators/hostile-erp/company.ts';
import { connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import { openLedger } from '../../simulators/hostile-erp/ledger.ts';
import { between, seededRandom } from '../../simulators/hostile-erp/random.ts';
import type { Random } from '../../simulators/hostile-erp/random.ts';
import { compareBooks } from './compare-books.ts';
import type { Comparison } from './compare-books.ts';
import { compareRecords } from './compare-records.ts';
import type { Held, RecordsComparison } from './compare-records.ts';
import { startDatabase, startErp, startPuller, startWorker } from './processes.ts';
import type { Victim } from './processes.ts';
import { makeIntegration, pullIn } from './pull-in.ts';
import { cancellationOf, INTEGRATION, wanted } from './wanted.ts';
import { FAULTS } from './worker-settings.ts';

export type KillPlan = {
  readonly kills: number;
  readonly seed: number;
  readonly withoutLookup?: boolean; // What is not answered is sent again: this must double.
  readonly loseAnswer?: number; // How many of the ERP's answers never come, of 1.
  readonly log?: (line: string) => void;
};

/** What happened, and how the books compare. */
export type KillReport = {
  readonly killed: Readonly<Record<Victim['name'], number>>;
  readonly wanted: number;
  readonly sends: number;
  readonly unanswered: number; // Sends that ended without an answer, or with their worker.
  readonly foundByLooking: number;
  readonly sentAgain: number; // After a look had shown that it was not booked.
  readonly seconds: number;
  readonly comparison: Comparison;
  readonly records: RecordsComparison; // Without the lookup, as far as they had come.
};

const WORKERS = 2;
const WANTED_PER_KILL = 5;
const CANCEL_EVERY = 7;
const PULLS_MAX = 60;
const SETTLED_MS_MAX = 600_000;
const TOLD_MS = 15_000;

/** Runs a plan in a folder of its own, which is gone afterwards. */
export async function runKills(plan: KillPlan): Promise<KillReport> {
  const {
    seed,
    withoutLookup = false,
    loseAnswer = FAULTS.loseAnswer,
    log = () => undefined,
  } = plan;
  const folder = await mkdtemp(join(tmpdir(), 'rialto-kill-'));
  const ledger = join(folder, 'ledger.jsonl');
  const victims: Victim[] = [];
  const began = performance.now();
  try {
    const server = await startDatabase(join(folder, 'postgres'));
    victims.push(server);
    const database = await openDatabase({ url: server.url, poolSizeMax: 3 });
    await migrate(database, [recordsMigrations, syncMigrations, postingsMigrations]);
    const erp = await startErp(ledger, seed, { ...FAULTS, loseAnswer });
    victims.push(erp);
    for (let at = 1; at <= WORKERS; at += 1) {
      const name = `worker-${at}`;
      const settings = { name, databaseUrl: server.url, erpUrl: erp.url, withoutLookup };
      victims.push(startWorker(settings));
    }
    await makeIntegration(database, erp.url);
    const puller = startPuller({
      name: 'puller',
      databaseUrl: server.url,
      erpUrl: erp.url,
      withoutLookup,
    });
    victims.push(puller);
    const asking = { database, seed, asked: 0 };
    const killed = await killAtRandom(plan, victims, asking);
    log('no more kills; waiting until everything is settled');
    await settled(database, log);
    const journal = await allPostings(database);
    const counts = await countAttempts(database);
    await puller.stop();
    // What was booked twice is nobody's: it has only what was sent, which a pull takes for drift.
    if (!withoutLookup) await pullToTheEnd(database, erp.url);
    const records = await compareRecords(database, heldBy(ledger, seed));
    await database.close();
    await Promise.all(victims.map((victim) => victim.stop()));
    const seconds = (performance.now() - began) / 1000;
    const comparison = compareBooks(journal, bookingsIn(ledger));
    return { killed, wanted: journal.length, ...counts, seconds, comparison, records };
  } finally {
    await Promise.all(victims.map((victim) => victim.stop().catch(() => undefined)));
    await rm(folder, { recursive: true, force: true });
  }
}

type Asking = { readonly database: Database; readonly seed: number; asked: number };

async function killAtRandom(
  { kills, seed, log = () => undefined }: KillPlan,
  victims: readonly Victim[],
  asking: Asking,
): Promise<KillReport['killed']> {
  const random = seededRandom(seed);
  const killed = { worker: 0, puller: 0, database: 0, erp: 0 };
  await askFor(asking, 4 * WANTED_PER_KILL);
  for (let count = 1; count <= kills; count += 1) {
    await pause(between(random, 20, 900));
    const victim = await anyOf(victims, EACH_ONCE[count - 1] ?? drawn(random), random);
    victim.kill();
    killed[victim.name] += 1;
    if (count % 25 === 0) log(`${count} kills, ${asking.asked} postings asked for`);
    await askFor(asking, WANTED_PER_KILL);
  }
  return killed;
}

/** Each kind comes first once; then workers are drawn most. */
const EACH_ONCE: readonly Victim['name'][] = ['worker', 'puller', 'erp', 'database'];

function drawn(random: Random): Victim['name'] {
  const draw = random();
  if (draw < 0.6) return draw < 0.4 ? 'worker' : 'puller';
  return draw < 0.8 ? 'erp' : 'database';
}

/** One of that name, as soon as one is up. */
async function anyOf(
  victims: readonly Victim[],
  name: Victim['name'],
  random: Random,
): Promise<Victim> {
  for (;;) {
    const up = victims.filter((victim) => victim.name === name && victim.isUp());
    const victim = up[between(random, 0, Math.max(0, up.length - 1))];
    if (victim !== undefined) return victim;
    await pause(20);
  }
}

/** Asks until it is written down; asking twice is asking once, so a lost commit is no matter. */
async function askFor(asking: Asking, more: number): Promise<void> {
  const { database, seed } = asking;
  for (let left = more; left > 0; left -= 1) {
    asking.asked += 1;
    const number = asking.asked;
    await insist(() => ask(database, wanted(seed, number)));
    if (number % CANCEL_EVERY === 0) await insist(() => cancelOne(database, number));
  }
}

const ask = (database: Database, draft: PostingDraft): Promise<unknown> =>
  transact(database, (tx) => intend(tx, draft, systemClock()));

async function cancelOne(database: Database, number: number): Promise<void> {
  const [made] = await rows<{ result_key: string }>(
    database.kysely,
    sql`select result_key from postings.posting
      where operation = 'create-purchase-order' and state = 'accepted'
      order by sequence desc offset ${number % 5} limit 1`,
  );
  if (made !== undefined) await ask(database, cancellationOf(made.result_key));
}

async function insist(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch {
      await pause(100); // The database was killed, and is coming back.
    }
  }
}

async function settled(database: Database, log: (line: string) => void): Promise<void> {
  const until = performance.now() + SETTLED_MS_MAX;
  for (let toldAt = performance.now(); performance.now() < until; await pause(200)) {
    const [open] = await rows<{ open: number }>(
      database.kysely,
      sql`select count(*)::integer as open from postings.posting
        where state in ('intent', 'sending', 'uncertain')`,
    ).catch(() => []);
    if (open?.open === 0) return;
    if (performance.now() - toldAt < TOLD_MS) continue;
    toldAt = performance.now();
    log(`${open?.open ?? 'some'} to go`);
  }
}

/** Until nothing more comes in: two runs in a row that are done, whatever the ERP does to others. */
async function pullToTheEnd(database: Database, url: string): Promise<void> {
  const adapter = connectHostileErp({ url });
  let done = 0;
  let why: unknown;
  for (let tries = 0; tries < PULLS_MAX && done < 2; tries += 1) {
    const run = await pullIn(database, adapter).catch((error: unknown) => {
      why = error;
    });
    if (run !== undefined) why = run.notReady.length === 0 ? run.message : run.notReady;
    done = run?.status === 'done' && run.notReady.length === 0 ? done + 1 : 0;
    // A run that was killed holds the others off until its time is up.
    if (done === 0) await pause(500);
  }
  await adapter.close();
  if (done >= 2) return;
  const told = why instanceof Error ? describeError(why) : JSON.stringify(why);
  throw new Error(`no two runs in a row were done, in ${PULLS_MAX} tries: ${told}`);
}

/** What the ERP holds: its company, and what its ledger says was booked since. */
function heldBy(path: string, seed: number): readonly Held[] {
  const ledger = openLedger(path);
  const books = new Books({ company: makeCompany(seed, {}), ledger, clock: systemClock });
  ledger.close();
  return [
    { kind: 'supplier', documents: books.all('suppliers') },
    { kind: 'item', documents: books.all('items') },
    { kind: 'purchase-order', documents: books.all('purchase-orders') },
  ];
}

async function allPostings(database: Database): Promise<readonly Posting[]> {
  const all: Posting[] = [];
  for (;;) {
    const query = { integration: INTEGRATION, offset: all.length, limit: 1_000 };
    const page = await listPostings(database.kysely, query);
    all.push(...page.rows);
    if (page.rows.length === 0) return all;
  }
}

async function countAttempts(
  database: Database,
): Promise<Pick<KillReport, 'sends' | 'unanswered' | 'foundByLooking' | 'sentAgain'>> {
  const [counts] = await rows<
    Pick<KillReport, 'sends' | 'unanswered' | 'foundByLooking' | 'sentAgain'>
  >(
    database.kysely,
    sql`select count(*) filter (where action = 'send')::integer as sends,
        count(*) filter (where action = 'send' and (outcome is null or outcome = 'uncertain'))::integer
          as unanswered,
        count(*) filter (where action = 'look' and outcome = 'found')::integer as "foundByLooking",
        count(*) filter (where action = 'look' and outcome = 'not-found'
          and detail ->> 'why' = 'unavailable')::integer as "sentAgain"
      from postings.attempt`,
  );
  return counts ?? { sends: 0, unanswered: 0, foundByLooking: 0, sentAgain: 0 };
}

function bookingsIn(path: string): ReturnType<typeof openLedger>['bookings'] {
  if (readFileSync(path, 'utf8') === '') return [];
  const ledger = openLedger(path);
  ledger.close();
  return ledger.bookings;
}
