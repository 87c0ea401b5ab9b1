import type { Health } from '#api-contract/transaction';
import type { Services } from '#api';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { countPostings, holdPostings, listHolds, releasePostings } from '#postings';
import { findIntegration, listQuarantine, listRuns } from '#sync';
import { listDrift } from '#sync/drift';

/** How connections are doing, and the switch that keeps them from being written to. */
export function health(database: Database, clock: Clock): Services['health'] {
  return {
    async of(name) {
      await findIntegration(database, name);
      const one = { integration: name, offset: 0, limit: 1 };
      const [lastRun] = await listRuns(database, one);
      const [lastGood] = await listRuns(database, { ...one, status: ['done'] });
      const postings = (await countPostings(database.kysely)).filter(
        ({ integration }) => integration === name,
      );
      const sum = (...states: string[]): number =>
        postings
          .filter(({ state }) => states.includes(state))
          .reduce((n, { count }) => n + count, 0);
      const hold = (await listHolds(database.kysely)).find((each) => each.integration === name);
      const facts = {
        integration: name,
        waiting: sum('intent', 'sending'),
        needAPerson: sum('dead', 'conflict', 'uncertain'),
        quarantined: (await listQuarantine(database, one)).total,
        drift: (await listDrift(database, one)).total,
        ...(lastRun === undefined
          ? {}
          : {
              lastRun: {
                id: lastRun.runId,
                status: lastRun.status,
                at: lastRun.finishedAt ?? lastRun.startedAt,
              },
            }),
        ...(lastGood?.finishedAt === undefined ? {} : { lastGoodRunAt: lastGood.finishedAt }),
        ...(hold === undefined
          ? {}
          : { hold: { reason: hold.reason, by: hold.by, since: hold.since } }),
      };
      return { ...facts, ...standingOf(facts) };
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

/** One word for how it is, and the reasons in the order a person should look at them. */
export function standingOf(
  facts: Omit<Health, 'standing' | 'reasons'>,
): Pick<Health, 'standing' | 'reasons'> {
  const { lastRun, needAPerson, quarantined, drift, hold } = facts;
  const failed = lastRun?.status === 'failed' || lastRun?.status === 'interrupted';
  const reasons = [
    ...(hold === undefined ? [] : [`nothing is sent to it: ${hold.reason}`]),
    ...(failed ? [`the last run was ${lastRun?.status}`] : []),
    ...(lastRun === undefined ? ['it was never read'] : []),
    ...(needAPerson === 0 ? [] : [`${needAPerson} transactions need a person`]),
    ...(drift === 0 ? [] : [`${drift} changes of its form are to be decided`]),
    ...(quarantined === 0 ? [] : [`${quarantined} rows are in quarantine`]),
  ];
  if (hold !== undefined) return { standing: 'held', reasons };
  if (failed) return { standing: 'failing', reasons };
  return { standing: reasons.length === 0 ? 'good' : 'attention', reasons };
}
