/** A database for companies, and what has come of one, for the tests of this module. */
import { rows, sql } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { listOwnAccounts, reconcile } from '#erp/banking';
import { trialBalance } from '#erp/ledger/reports';
import { compareDecimals, decimal, subtractDecimals, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
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
    const { deferred, unbilled } = await standing(database, code);
    agree('deferred revenue', books.get(DEFERRED) ?? decimal('0'), deferred);
    agree('unbilled revenue', books.get(UNBILLED) ?? decimal('0'), unbilled);
  }
  return broken;
}

const [DEFERRED, UNBILLED] = ['2170', '1360'];

/** What subscriptions and projects say that the books are to show. */
async function standing(
  database: Database,
  legalEntity: string,
): Promise<{ readonly deferred: Decimal; readonly unbilled: Decimal }> {
  const [found] = await rows<{ deferred: Decimal; unbilled: Decimal }>(
    database.kysely,
    sql`select (-coalesce(sum(p.deferred), 0) - (
          select coalesce(sum(c.company_amount - c.company_released), 0)
          from erp_subscriptions.charge c
          join erp_subscriptions.subscription s on s.id = c.subscription_id
          where s.legal_entity = ${legalEntity}))::text as deferred,
        coalesce(sum(p.unbilled), 0)::text as unbilled
      from erp_projects.project p where p.legal_entity = ${legalEntity}`,
  );
  return found ?? { deferred: decimal('0'), unbilled: decimal('0') };
}
