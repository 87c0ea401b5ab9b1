import type { Health } from '#api-contract/transaction';
import type { Services } from '#api';
import type { Database, Handle } from '#database';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { countPostings, listOutages, policyOf } from '#postings';
import { holdPostings, listHolds, releasePostings } from '#postings/decisions';
import { readPostingSettings } from '#postings/settings';
import type { Outage } from '#postings';
import { findIntegration, listQuarantine, listRuns } from '#sync';
import { listDrift } from '#sync/drift';
import { behindReasons } from './behind.ts';
import type { Behind } from './behind.ts';
import type { Destinations } from './destinations.ts';

/** How connections are doing, and the switch that keeps them from being written to. */
export function health(
  database: Database,
  clock: Clock,
  destinations: Pick<Destinations, 'hostsOf'>,
  behind: (name: string) => Promise<Behind>,
): Services['health'] {
  return {
    async of(name) {
      await findIntegration(database, name);
      const ofReading = { ...(await readFacts(database, name)), ...(await behind(name)) };
      const facts = { ...ofReading, ...(await sendFacts(database, name)) };
      const hosts = (await destinations.hostsOf(name)).map((host) => ({ ...host }));
      return { ...facts, hosts, ...standingOf(facts) };
    },
    async hold(integration, reason, by) {
      await findIntegration(database, integration);
      await holdPostings(database.kysely, { integration, reason, by, since: clock() });
    },
    async release(integration) {
      await findIntegration(database, integration);
      await releasePostings(database.kysely, integration);
    },
  };
}

/** How reading it went. */
async function readFacts(database: Database, name: string) {
  const one = { integration: name, offset: 0, limit: 1 };
  const [lastRun] = await listRuns(database, one);
  const [lastGood] = await listRuns(database, { ...one, status: ['done'] });
  return {
    integration: name,
    quarantined: (await listQuarantine(database, one)).total,
    drift: (await listDrift(database, one)).total,
    ...(lastRun === undefined
      ? {}
      : {
          lastRun: {
            id: lastRun.runId,
            status: lastRun.status,
            at: lastRun.finishedAt ?? lastRun.startedAt,
            incomplete: lastRun.notReady.length > 0,
            ...(lastRun.message === undefined ? {} : { message: lastRun.message }),
          },
        }),
    ...(lastGood?.finishedAt === undefined ? {} : { lastGoodRunAt: lastGood.finishedAt }),
  };
}

/** How writing to it goes. */
async function sendFacts({ kysely }: Database, name: string) {
  const counts = (await countPostings(kysely)).filter(({ integration }) => integration === name);
  const sum = (...states: string[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((n, { count }) => n + count, 0);
  const hold = (await listHolds(kysely)).find((each) => each.integration === name);
  const outage = (await listOutages(kysely)).find((each) => each.integration === name);
  return {
    waiting: sum('intent', 'sending'),
    handedOver: sum('handed-over'),
    needAPerson: counts.reduce((n, { forAPerson }) => n + forAPerson, 0),
    ...(hold === undefined
      ? {}
      : { hold: { reason: hold.reason, by: hold.by, since: hold.since } }),
    ...(outage === undefined ? {} : { outage: await outageOf(kysely, outage) }),
  };
}

async function outageOf(handle: Handle, { integration, since, lastAt, reason }: Outage) {
  const { fallback, policy } = await readPostingSettings(handle, integration);
  const { fallbackAfterMs } = policyOf(undefined, policy);
  const from = instantOf(millisecondsOf(since) + fallbackAfterMs);
  const standIn = fallback === undefined ? {} : { fallback: { name: fallback, from } };
  return { since, lastAt, reason, ...standIn };
}

/** One word for how it is, and the reasons in the order a person should look at them. */
export function standingOf(
  facts: Omit<Health, 'standing' | 'reasons' | 'hosts'>,
): Pick<Health, 'standing' | 'reasons'> {
  const { lastRun, needAPerson, quarantined, drift, hold, outage } = facts;
  const failed = lastRun?.status === 'failed' || lastRun?.status === 'interrupted';
  const reasons = [
    ...(hold === undefined ? [] : [`nothing is sent to it: ${hold.reason}`]),
    ...(outage === undefined ? [] : [awayReason(outage)]),
    ...(failed ? [lastRunReason(lastRun)] : []),
    ...(lastRun?.incomplete === true ? ['the last run could not read everything'] : []),
    ...(lastRun === undefined ? ['it was never read'] : []),
    ...behindReasons(facts),
    ...(needAPerson === 0
      ? []
      : [counted(needAPerson, 'transaction needs', 'transactions need', 'a person')]),
    ...(drift === 0
      ? []
      : [counted(drift, 'change of its form is', 'changes of its form are', 'to be decided')]),
    ...(quarantined === 0 ? [] : [counted(quarantined, 'row is', 'rows are', 'in quarantine')]),
  ];
  if (hold !== undefined) return { standing: 'held', reasons };
  if (failed || outage !== undefined) return { standing: 'failing', reasons };
  return { standing: reasons.length === 0 ? 'good' : 'attention', reasons };
}

const counted = (count: number, one: string, more: string, then: string): string =>
  `${count} ${count === 1 ? one : more} ${then}`;

function lastRunReason({ status, message }: NonNullable<Health['lastRun']>): string {
  if (status === 'interrupted')
    return 'the last run was cut short; the next one goes on from there';
  return message === undefined ? 'the last run failed' : `the last run failed: ${message}`;
}

function awayReason({ since, reason, fallback }: NonNullable<Health['outage']>): string {
  const then =
    fallback === undefined ? '' : `; from ${fallback.from} what waits goes by '${fallback.name}'`;
  return `nothing can be sent to it since ${since}: ${reason}${then}`;
}
