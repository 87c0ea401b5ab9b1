import type { Handle } from '#database';
import { companyCurrencyOf, companyRates } from '#erp/company';
import type { ErpContext, RateOf } from '#erp/company';
import type { AccountLine } from '#erp/ledger/reports';
import type { CurrencyCode } from '#kernel';
import { bookedHere } from './booked-here.ts';
import type { MatchDraft } from './match.ts';
import { listOwnAccounts } from './own-account.ts';
import type { OwnAccount } from './own-account.ts';
import { lockStatementLines } from './read-statements.ts';
import type { StatementLine } from './statement.ts';
import { lockTransfers } from './transfer.ts';

/** What is known when matches are decided. */
export type MatchFacts = {
  readonly lines: ReadonlyMap<string, StatementLine>;
  readonly accounts: ReadonlyMap<string, OwnAccount>; // By id.
  readonly booked: ReadonlyMap<string, AccountLine>; // By own account, entry and line.
  readonly companyCurrency: CurrencyCode;
  readonly rateOf: RateOf;
};

/** How a line of the books is found among what was booked. */
export const bookedKey = ({ id }: OwnAccount, entry: string, line: number): string =>
  [id, entry, line].join(' ');

/** Locks the lines and reads what deciding their matches needs. */
export async function readMatchFacts(
  tx: Handle,
  { legalEntity }: ErpContext,
  drafts: readonly MatchDraft[],
): Promise<MatchFacts> {
  const lines = await lockStatementLines(
    tx,
    drafts.map(({ line }) => line),
  );
  const own = await listOwnAccounts(tx, legalEntity);
  const accounts = new Map(own.map((account) => [account.id, account]));
  const booked = new Map<string, AccountLine>();
  const entries = drafts.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'booked' ? [part.entry] : [])),
  );
  if (entries.length > 0) {
    await lockTransfers(tx, { entries }); // Nobody takes one back meanwhile.
    for (const account of new Set(
      [...lines.values()].flatMap((l) => accounts.get(l.ownAccount) ?? []),
    )) {
      for (const line of await bookedHere(tx, account, { entries })) {
        booked.set(bookedKey(account, line.entryId, line.line), line);
      }
    }
  }
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    drafts.flatMap(({ line: id, on }) => {
      const line = lines.get(id);
      const account = accounts.get(line?.ownAccount ?? '');
      if (line === undefined || account === undefined) return [];
      return [{ currency: account.currency, on: on ?? line.bookedOn }];
    }),
  );
  return { lines, accounts, booked, companyCurrency, rateOf };
}
