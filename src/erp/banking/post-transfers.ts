import { insertRows } from '#database';
import type { Handle } from '#database';
import {
  accept,
  bookTogether,
  companyCurrencyOf,
  companyRates,
  momentsOf,
  refusedLate,
  takeNumbersOn,
} from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { listAccounts, listDetermination, postEntries } from '#erp/ledger';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideTransfer } from './decide-transfer.ts';
import type { DecidedTransfer, TransferFacts } from './decide-transfer.ts';
import type { BankingProblemCode } from './errors.ts';
import { listOwnAccounts } from './own-account.ts';
import type { TransferDraft } from './transfer.ts';
import { transferEntries } from './transfer-entries.ts';

type Code = BankingProblemCode;
type One = DecidedTransfer & {
  readonly place: number;
  readonly id: string;
  readonly number: string;
};
type PostedTransfer = { readonly id: string; readonly number: string; readonly entry: string };

/**
 * Posts money that goes from one of our accounts to another. It stands on the clearing accounts until
 * both banks tell of it.
 */
export const postTransfers = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly TransferDraft[],
): Promise<readonly Result<PostedTransfer, Code>[]> =>
  bookTogether(tx, drafts, (asked) => postAll(tx, context, asked));

async function postAll(
  tx: Handle,
  context: ErpContext,
  drafts: readonly TransferDraft[],
): Promise<Booked<PostedTransfer, Code>> {
  const { legalEntity, clock } = context;
  const facts = await readFacts(tx, legalEntity, drafts);
  const decided = drafts.map((draft) => decideTransfer(facts, draft));
  const good = decided.flatMap((each, place) => (each.ok ? [{ ...each.value, place }] : []));
  const numbers = await takeNumbersOn(
    tx,
    legalEntity,
    'BT',
    good.map(({ draft }) => draft.on),
  );
  const nowMs = millisecondsOf(clock());
  const numbered = good.map((one, at): One => {
    return { ...one, id: newId('bt', nowMs), number: numbers[at] ?? '' };
  });
  const wanted = numbered.flatMap((one) =>
    transferEntries(one, { ...one, legalEntity }).map((entry) => ({ one, entry })),
  );
  const posted = await postEntries(
    tx,
    context,
    wanted.map(({ entry }) => entry),
  );
  const places = wanted.map(({ one }) => one.place);
  const late = refusedLate(posted, places, 'banking.journal-refused' as const);
  if (late.size > 0) return { results: [], late };
  const entries = new Map<string, string[]>();
  for (const [at, { one }] of wanted.entries()) {
    const entry = posted[at];
    if (entry?.ok !== true) continue;
    entries.set(one.id, [...(entries.get(one.id) ?? []), entry.value.id]);
  }
  await write(tx, context, numbered, entries);
  const next = numbered.values();
  const results = decided.map((each): Result<PostedTransfer, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '' } = next.next().value ?? {};
    return accept({ id, number, entry: entries.get(id)?.[0] ?? '' });
  });
  return { results, late };
}

async function readFacts(
  tx: Handle,
  legalEntity: string,
  drafts: readonly TransferDraft[],
): Promise<TransferFacts> {
  const own = await listOwnAccounts(tx, legalEntity);
  const accounts = new Map(own.map((account) => [account.id, account]));
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const rules = await listDetermination(tx, legalEntity);
  return {
    accounts,
    chart: new Map((await listAccounts(tx, legalEntity)).map((each) => [each.number, each])),
    between: rules.flatMap(({ key, account }) => (key === 'own-transfer' ? [account] : [])),
    companyCurrency,
    rateOf: await companyRates(
      tx,
      companyCurrency,
      drafts.flatMap(({ from, to, on }) =>
        [from, to].flatMap((id) => {
          const account = accounts.get(id);
          return account === undefined ? [] : [{ currency: account.currency, on }];
        }),
      ),
    ),
  };
}

async function write(
  tx: Handle,
  context: ErpContext,
  transfers: readonly One[],
  entries: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const momentOf = momentsOf(context);
  await insertRows(
    tx,
    'erp_banking.transfer',
    {
      id: 'text',
      legal_entity: 'text',
      number: 'text',
      transferred_on: 'date',
      from_account_id: 'text',
      to_account_id: 'text',
      currency: 'text',
      amount: 'numeric',
      arriving_currency: 'text',
      arriving_amount: 'numeric',
      company_amount: 'numeric',
      exchange_difference: 'numeric',
      text: 'text',
      entry_id: 'text',
      arriving_entry_id: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    transfers.map(({ id, number, draft, from, to, difference }) => {
      const own = entries.get(id) ?? [];
      return {
        id,
        legal_entity: context.legalEntity,
        number,
        transferred_on: draft.on,
        from_account_id: from.account.id,
        to_account_id: to.account.id,
        currency: from.account.currency,
        amount: from.amount,
        arriving_currency: to.account.currency,
        arriving_amount: to.amount,
        company_amount: from.companyAmount,
        exchange_difference: difference,
        text: draft.text ?? '',
        entry_id: own[0],
        arriving_entry_id: own.at(-1),
        created_by: context.by,
        created_at: momentOf(draft.on),
      };
    }),
  );
}
