/** A database for companies, and what has come of one, for the tests of this module. */
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { listOwnAccounts, reconcile } from '#erp/banking';
import { trialBalance } from '#erp/ledger/reports';
import { listProjects } from '#erp/projects';
import { chargesOf, listSubscriptions } from '#erp/subscriptions';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { OWN_TRANSFERS } from './book/banks.ts';
import { readTruth } from './company-state.ts';
import { NEEDED_TABLES } from './migrations.ts';
import { ENTITIES } from './world/plan.ts';

/** An installation in which nobody lives yet. */
export const openInstallation = (): Promise<Database> => testDatabase(NEEDED_TABLES);

/** What two companies of one plan have in common: the truth, line by line, and all sums. */
export async function outcomeOf(database: Database, to: LocalDate): Promise<string> {
  const truth = (await readTruth(database.kysely)).map(({ line }) => line);
  const sums = await Promise.all(
    ENTITIES.map(({ code: legalEntity }) => trialBalance(database.kysely, { legalEntity, to })),
  );
  return [...truth, ...sums.map((each) => JSON.stringify(each))].join('\n');
}

/** What does not agree at the end of a day: the trial balance, the banks, what was earned and charged. */
export async function brokenBooks(database: Database, to: LocalDate): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { code } of ENTITIES) {
    const { rows: accounts } = await trialBalance(database.kysely, { legalEntity: code, to });
    const books = new Map(accounts.map(({ account, closing }) => [account, closing]));
    const agree = (what: string, one: Decimal, other = decimal('0')): void => {
      const difference = subtractDecimals(one, other);
      if (compareDecimals(difference, decimal('0')) !== 0) {
        broken.push(`${code}, ${what}: ${difference}`);
      }
    };
    agree('trial balance', sumDecimals(books.values()));
    for (const account of await listOwnAccounts(database.kysely, code)) {
      const { difference, clearing } = await reconcile(database.kysely, account, to);
      agree(`bank ${account.code}`, difference);
      agree(`clearing ${account.code}`, clearing.unexplained);
    }
    agree('between own accounts', books.get(OWN_TRANSFERS) ?? decimal('0'));
    const { deferred, unbilled } = await standing(database, code);
    agree('deferred revenue', books.get(DEFERRED) ?? decimal('0'), deferred);
    agree('unbilled revenue', books.get(UNBILLED) ?? decimal('0'), unbilled);
  }
  return broken;
}

const [DEFERRED, UNBILLED] = ['2170', '1360'];

/** What subscriptions and projects say that the books are to show. All of them pay the company's currency. */
async function standing(
  database: Database,
  legalEntity: string,
): Promise<{ readonly deferred: Decimal; readonly unbilled: Decimal }> {
  const { kysely } = database;
  const projects = await listProjects(kysely, { legalEntity, limit: LIMIT });
  const subscriptions = await listSubscriptions(kysely, { legalEntity, limit: LIMIT });
  const charges = await chargesOf(
    kysely,
    subscriptions.map(({ id }) => id),
  );
  const early = [
    ...projects.map(({ deferred }) => deferred),
    ...charges.map(({ amount, released }) => subtractDecimals(amount, released)),
  ];
  return {
    deferred: negateDecimal(sumDecimals(early)),
    unbilled: sumDecimals(projects.map(({ unbilled }) => unbilled)),
  };
}

const LIMIT = 10_000;
