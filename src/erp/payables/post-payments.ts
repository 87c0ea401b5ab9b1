import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { accept, bookTogether, momentsOf, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { bookPayments as book } from '#erp/open-items/settling';
import type { BookedPayment, PaymentBook } from '#erp/open-items/settling';
import { supplierFacts } from '#erp/parties';
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

const BOOK: Omit<PaymentBook<Code>, 'problemOf'> = {
  side: 'payable',
  area: 'payables',
  series: 'SP',
  prefix: 'sp',
  document: 'supplier-payment',
  codes: {
    noRate: 'payables.no-rate',
    totalsDiffer: 'payables.totals-differ',
    journalRefused: 'payables.journal-refused',
    settled: 'payables.settled',
  },
};

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
  const suppliers = await supplierFacts(
    tx,
    drafts.map(({ supplier }) => supplier),
  );
  const { results, late } = await book(
    tx,
    context,
    {
      ...BOOK,
      problemOf: ({ party }) =>
        suppliers.has(party)
          ? undefined
          : refuse('payables.no-such-supplier', `there is no supplier ${party}`, 'supplier'),
    },
    drafts.map(({ supplier, ...draft }) => ({ ...draft, party: supplier })),
  );
  const booked = drafts.flatMap((draft, place) => {
    const result = results[place];
    return result?.ok === true ? [{ draft, payment: result.value }] : [];
  });
  await writePayments(tx, context, booked);
  return {
    results: results.map((each): Result<PostedPayment, Code> => {
      if (!each.ok) return each;
      const { id, number, entry } = each.value;
      return accept({ id, number, entry });
    }),
    late,
  };
}

async function writePayments(
  tx: Handle,
  context: ErpContext,
  booked: readonly { readonly draft: PaymentDraft; readonly payment: BookedPayment }[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
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
  const values = booked.map(({ draft, payment }) => ({
    id: payment.id,
    legal_entity: legalEntity,
    number: payment.number,
    supplier: draft.supplier,
    paid_on: draft.paidOn,
    bank_account: draft.bankAccount,
    method: draft.method ?? 'transfer',
    currency: draft.currency,
    amount: payment.amount,
    company_amount: payment.companyAmount,
    reference: draft.reference ?? '',
    run_id: draft.run,
    entry_id: payment.entry,
    created_by: by,
    created_at: momentOf(draft.paidOn),
  }));
  await insertRows(tx, 'erp_payables.supplier_payment', columns, values);
}

const PAYMENT = sql`id, legal_entity as "legalEntity", number, supplier, paid_on as "paidOn",
  bank_account as "bankAccount", method, currency, amount::text as amount,
  company_amount::text as "companyAmount", reference, run_id as run, entry_id as entry,
  (select t.taken_back_on from erp_payables.taken_back t where t.document_id = p.id) as "takenBackOn",
  created_by as "createdBy", created_at as "createdAt"`;

/** Payments by id. */
export async function findPayments(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SupplierPayment>> {
  const found = await rows<SupplierPayment>(
    handle,
    sql`select ${PAYMENT} from erp_payables.supplier_payment p where id = any(${[...ids]})`,
  );
  return new Map(found.map((payment) => [payment.id, payment]));
}

const LIST = {
  table: 'erp_payables.supplier_payment',
  alias: 'p',
  columns: { paidOn: 'paid_on', number: 'number', supplier: 'supplier', amount: 'amount' },
} as const;

/** Payments, unless sorted otherwise the newest first. */
export async function listPayments(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly supplier?: string;
    readonly run?: string;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<readonly SupplierPayment[]> {
  const { legalEntity = null, supplier = null, run = null } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-paidOn', filter.after);
  return await rows<SupplierPayment>(
    handle,
    sql`select ${PAYMENT} from erp_payables.supplier_payment p
      where (${legalEntity}::text is null or legal_entity = ${legalEntity})
        and (${supplier}::text is null or supplier = ${supplier})
        and (${run}::text is null or run_id = ${run})
        and (${filter.from ?? null}::date is null or paid_on >= ${filter.from ?? null})
        and (${filter.to ?? null}::date is null or paid_on <= ${filter.to ?? null})
        and starts_with(number, ${filter.number ?? ''})
        and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
}
