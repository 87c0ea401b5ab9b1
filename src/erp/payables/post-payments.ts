import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import {
  accept,
  bookTogether,
  findLegalEntity,
  linkDocuments,
  ratesOn,
  refuse,
  takeNumbersOn,
} from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import { allocate, createOpenItems, findOpenItems } from '#erp/open-items';
import { supplierFacts } from '#erp/parties';
import { currencyScale, newId, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import type { PaymentDraft, SupplierPayment } from './supplier-payment.ts';

type Code = PayablesProblemCode;

/** A payment as it was posted. */
export type PostedPayment = {
  readonly id: string;
  readonly number: string;
  readonly entry: string;
};

type Decided = {
  readonly draft: PaymentDraft;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly companyAmount: Decimal;
  readonly id: string;
  number: string;
};

const ZERO = decimal('0');

/** Posts payments to suppliers and settles what they are for, discounts and exchange differences too. */
export const postPayments = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly PaymentDraft[],
): Promise<readonly Result<PostedPayment, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookPayments(tx, context, asked));

async function bookPayments(
  tx: Handle,
  context: ErpContext,
  drafts: readonly PaymentDraft[],
): Promise<Booked<PostedPayment, Code>> {
  const decided = await decideAll(tx, context, drafts);
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const days = good.map(({ draft }) => draft.paidOn);
  const numbers = await takeNumbersOn(tx, context.legalEntity, 'SP', days);
  for (const [at, one] of good.entries()) one.number = numbers[at] ?? '';
  const posted = await postEntries(
    tx,
    context,
    good.map((one) => entryOf(one, context.legalEntity)),
  );
  const late = new Map<number, Refusal<Code>>();
  for (const [at, entry] of posted.entries()) {
    const message = entry.ok ? '' : `${entry.problem.message} (${entry.problem.code})`;
    if (!entry.ok) late.set(places[at] ?? -1, refuse('payables.journal-refused', message));
  }
  if (late.size > 0) return { results: [], late };
  const entries = posted.map((each) => (each.ok ? each.value.id : ''));
  const refused = await settleAll(tx, context, good, entries);
  for (const [at, refusal] of refused) late.set(places[at] ?? -1, refusal);
  if (late.size > 0) return { results: [], late };
  await writePayments(tx, context, good, entries);
  await linkAll(tx, good);
  const results = decided.map((each, place): Result<PostedPayment, Code> => {
    if (!each.ok) return each;
    const entry = entries[places.indexOf(place)] ?? '';
    return accept({ id: each.value.id, number: each.value.number, entry });
  });
  return { results, late };
}

async function decideAll(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  drafts: readonly PaymentDraft[],
): Promise<readonly Result<Decided, Code>[]> {
  const entity = await findLegalEntity(tx, legalEntity);
  const company = parseCurrency(entity?.currency ?? '');
  const suppliers = await supplierFacts(
    tx,
    drafts.map(({ supplier }) => supplier),
  );
  const rates = await ratesOn(
    tx,
    drafts.map(({ currency, paidOn }) => ({ from: currency, to: company ?? currency, on: paidOn })),
  );
  const nowMs = millisecondsOf(clock());
  return drafts.map((draft, at): Result<Decided, Code> => {
    if (!suppliers.has(draft.supplier)) {
      return refuse('payables.no-such-supplier', `there is no supplier ${draft.supplier}`);
    }
    const currency = parseCurrency(draft.currency);
    const rate = currency === company ? decimal('1') : rates[at]?.rate;
    if (currency === undefined || company === undefined || rate === undefined) {
      return refuse('payables.no-rate', `no rate for ${draft.currency} on ${draft.paidOn}`);
    }
    const used = sumDecimals(draft.parts.map(({ amount }) => amount));
    const isWrong =
      compareDecimals(draft.amount, ZERO) <= 0 || compareDecimals(used, draft.amount) > 0;
    if (isWrong) {
      return refuse('payables.totals-differ', `its parts come to ${used}`, 'amount');
    }
    const amount = roundDecimal(draft.amount, currencyScale(currency));
    const companyAmount = roundDecimal(multiplyDecimals(amount, rate), currencyScale(company));
    const id = newId('sp', nowMs);
    return accept({ draft: { ...draft, amount }, currency, rate, companyAmount, id, number: '' });
  });
}

function entryOf({ draft, rate, companyAmount, id, number }: Decided, legalEntity: string) {
  const { supplier, paidOn, bankAccount, currency, amount } = draft;
  return {
    legalEntity,
    kind: 'payment',
    postedOn: paidOn,
    documentOn: paidOn,
    currency,
    ...(compareDecimals(rate, decimal('1')) === 0 ? {} : { rate }),
    text: `payment ${number}`,
    source: { area: 'payables', kind: 'supplier-payment', id, number },
    lines: [
      { posting: { key: 'payable' }, party: supplier, amount, companyAmount },
      {
        posting: { key: 'bank', bankAccount },
        amount: negateDecimal(amount),
        companyAmount: negateDecimal(companyAmount),
      },
    ],
  } as const;
}

/** Opens what each payment lowers and settles its parts. Answers, by place, what could not be. */
async function settleAll(
  tx: Handle,
  context: ErpContext,
  good: readonly Decided[],
  entries: readonly string[],
): Promise<ReadonlyMap<number, Refusal<Code>>> {
  const opened = await createOpenItems(
    tx,
    context,
    good.map(({ draft, currency, companyAmount, id, number }, at) => ({
      side: 'payable',
      effect: 'lowers',
      kind: 'payment',
      party: draft.supplier,
      currency,
      amount: draft.amount,
      companyAmount,
      issuedOn: draft.paidOn,
      postedOn: draft.paidOn,
      dueOn: draft.paidOn,
      document: { kind: 'supplier-payment', id, number },
      entryId: entries[at] ?? '',
    })),
  );
  const wanted = good.flatMap(({ draft }, at) =>
    draft.parts.map(({ item, amount, discount }) => ({
      at,
      allocation: {
        raising: item,
        lowering: opened[at] ?? '',
        amount,
        ...(discount === undefined ? {} : { discount }),
        on: draft.paidOn,
      },
    })),
  );
  const settled = await allocate(
    tx,
    context,
    wanted.map(({ allocation }) => allocation),
  );
  const refused = new Map<number, Refusal<Code>>();
  for (const [index, result] of settled.entries()) {
    if (result.ok) continue;
    const message = `${result.problem.message} (${result.problem.code})`;
    refused.set(wanted[index]?.at ?? -1, refuse('payables.settled', message, 'parts'));
  }
  return refused;
}

async function linkAll(tx: Handle, good: readonly Decided[]): Promise<void> {
  const items = await findOpenItems(
    tx,
    good.flatMap(({ draft }) => draft.parts.map(({ item }) => item)),
  );
  await linkDocuments(
    tx,
    good.flatMap(({ draft, id, number }) =>
      draft.parts.flatMap(({ item }) => {
        const paid = items.get(item);
        if (paid === undefined) return [];
        const { documentKind, documentId, documentNumber } = paid;
        return [
          {
            from: { kind: documentKind, id: documentId, number: documentNumber },
            to: { kind: 'supplier-payment', id, number },
          },
        ];
      }),
    ),
  );
}

async function writePayments(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  good: readonly Decided[],
  entries: readonly string[],
): Promise<void> {
  const now = clock();
  const columns = {
    id: 'text',
    legal_entity: 'text',
    number: 'text',
    supplier: 'text',
    paid_on: 'date',
    bank_account: 'text',
    method: 'text',
    currency: 'text',
    amount: 'numeric',
    company_amount: 'numeric',
    reference: 'text',
    run_id: 'text',
    entry_id: 'text',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const values = good.map(({ draft, companyAmount, id, number }, at) => ({
    id,
    legal_entity: legalEntity,
    number,
    supplier: draft.supplier,
    paid_on: draft.paidOn,
    bank_account: draft.bankAccount,
    method: draft.method ?? 'transfer',
    currency: draft.currency,
    amount: draft.amount,
    company_amount: companyAmount,
    reference: draft.reference ?? '',
    run_id: draft.run,
    entry_id: entries[at] ?? '',
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_payables.supplier_payment', columns, values);
}

/** Payments, the newest first. */
export async function listPayments(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly supplier?: string;
    readonly run?: string;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<readonly SupplierPayment[]> {
  const { legalEntity = null, supplier = null, run = null, after = null } = filter;
  return await rows<SupplierPayment>(
    handle,
    sql`select id, legal_entity as "legalEntity", number, supplier, paid_on as "paidOn",
        bank_account as "bankAccount", method, currency, amount::text as amount,
        company_amount::text as "companyAmount", reference, run_id as run, entry_id as entry,
        created_by as "createdBy", created_at as "createdAt"
      from erp_payables.supplier_payment
      where (${legalEntity}::text is null or legal_entity = ${legalEntity})
        and (${supplier}::text is null or supplier = ${supplier})
        and (${run}::text is null or run_id = ${run})
        and (${filter.from ?? null}::date is null or paid_on >= ${filter.from ?? null})
        and (${filter.to ?? null}::date is null or paid_on <= ${filter.to ?? null})
        and (${after}::text is null or (paid_on, id) <
          (select p.paid_on, p.id from erp_payables.supplier_payment p where p.id = ${after}))
      order by paid_on desc, id desc limit ${filter.limit}`,
  );
}
