import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, momentsOf, refuse } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { bookPayments as book, isEarned } from '#erp/open-items/settling';
import type { OpenItem } from '#erp/open-items';
import type { BookedPayment, PaymentBook } from '#erp/open-items/settling';
import { customerFacts } from '#erp/parties';
import { addDecimals, compareDecimals, decimal } from '#kernel/decimal';
import type { PostedDocument } from './book-documents.ts';
import type { PaymentDraft } from './customer-payment.ts';
import type { ReceivablesProblemCode } from './errors.ts';

type Code = ReceivablesProblemCode;

const BOOK: Omit<PaymentBook<Code>, 'problemOf'> = {
  side: 'receivable',
  area: 'receivables',
  series: 'CP',
  prefix: 'cp',
  document: 'customer-payment',
  codes: {
    noRate: 'receivables.no-rate',
    totalsDiffer: 'receivables.totals-differ',
    journalRefused: 'receivables.journal-refused',
    settled: 'receivables.settled',
  },
};

/** Posts customers' payments and settles what they are for, discounts and exchange differences too. */
export const postPayments = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly PaymentDraft[],
): Promise<readonly Result<PostedDocument, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookPayments(tx, context, asked));

async function bookPayments(
  tx: Handle,
  context: ErpContext,
  drafts: readonly PaymentDraft[],
): Promise<Booked<PostedDocument, Code>> {
  const customers = await customerFacts(
    tx,
    drafts.map(({ customer }) => customer),
  );
  const wishes = drafts.map(({ customer, ...draft }) => ({ ...draft, party: customer }));
  const { results, late } = await book(
    tx,
    context,
    {
      ...BOOK,
      problemOf: (wish, items) => {
        if (!customers.has(wish.party)) {
          const message = `there is no customer ${wish.party}`;
          return refuse('receivables.no-such-customer', message, 'customer');
        }
        return discountProblem(wish, items);
      },
    },
    wishes,
  );
  const booked = drafts.flatMap((draft, place) => {
    const result = results[place];
    return result?.ok === true ? [{ draft, payment: result.value }] : [];
  });
  await writePayments(tx, context, booked);
  return {
    results: results.map((each): Result<PostedDocument, Code> => {
      if (!each.ok) return each;
      const { id, number, entry, item } = each.value;
      return accept({ id, number, entry, item });
    }),
    late,
  };
}

/** A discount is granted within its days, for what is settled; beyond that somebody says so. */
function discountProblem(
  draft: Pick<PaymentDraft, 'parts' | 'paidOn' | 'grantsDiscount'>,
  items: ReadonlyMap<string, OpenItem>,
): Refusal<Code> | undefined {
  if (draft.grantsDiscount === true) return undefined;
  for (const [at, { item: id, amount, discount }] of draft.parts.entries()) {
    const item = items.get(id);
    if (item === undefined || discount === undefined) continue;
    const settled = addDecimals(amount, discount);
    if (compareDecimals(discount, decimal('0')) <= 0) continue;
    if (isEarned(item, { on: draft.paidOn, settled, discount })) continue;
    const message = `${item.documentNumber} earns no discount of ${discount} on ${draft.paidOn}`;
    return refuse('receivables.discount-not-earned', message, `parts.${at}.discount`);
  }
  return undefined;
}

const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  customer: 'text',
  paid_on: 'date',
  bank_account: 'text',
  method: 'text',
  is_refund: 'boolean',
  currency: 'text',
  amount: 'numeric',
  company_amount: 'numeric',
  reference: 'text',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

async function writePayments(
  tx: Handle,
  context: ErpContext,
  booked: readonly { readonly draft: PaymentDraft; readonly payment: BookedPayment }[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const values = booked.map(({ draft, payment }) => ({
    id: payment.id,
    legal_entity: legalEntity,
    number: payment.number,
    customer: draft.customer,
    paid_on: draft.paidOn,
    bank_account: draft.bankAccount,
    method: draft.method ?? 'transfer',
    is_refund: draft.isRefund ?? false,
    currency: draft.currency,
    amount: payment.amount,
    company_amount: payment.companyAmount,
    reference: draft.reference ?? '',
    entry_id: payment.entry,
    created_by: by,
    created_at: momentOf(draft.paidOn),
  }));
  await insertRows(tx, 'erp_receivables.customer_payment', COLUMNS, values);
}
