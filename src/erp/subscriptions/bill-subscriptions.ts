import { rows, sql } from '#database';
import type { Handle } from '#database';
import { companyCurrencyOf, linkDocuments, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { telescoped } from '#erp/company/tax';
import { findInvoices, postCreditNotes, postInvoices } from '#erp/receivables';
import type { CreditNoteDraft, InvoiceDraft } from '#erp/receivables';
import { assert, currencyScale, newId } from '#kernel';
import { compareDecimals, decimal, multiplyDecimals, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { asCharge, cancelledCharges } from './cancelled-charges.ts';
import { chargesDue, renewalsOf } from './decide-charges.ts';
import type { ChargeDraft } from './decide-charges.ts';
import { listPlans, priceOn } from './plans.ts';
import type { Plan } from './plans.ts';
import { chargesOf, lockSubscriptions } from './read-subscriptions.ts';
import type { NewEvent, Subscription } from './subscription.ts';
import { writeCharges } from './write-charges.ts';
import type { NewCharge } from './write-charges.ts';
import { writeEvents } from './write-events.ts';

/** What became of a billing run. */
export type BillingRun = {
  readonly id?: string; // None: there was nothing to charge.
  readonly number?: string;
  readonly invoices: readonly { readonly id: string; readonly number: string }[];
  readonly creditNotes: readonly { readonly id: string; readonly number: string }[];
  readonly refused: readonly {
    readonly customer: string;
    readonly code: string;
    readonly message: string;
  }[];
};

/** A charge with whose it is. */
type Due = ChargeDraft & { readonly subscription: Subscription; readonly plan: Plan };

/** A document and the charges on its lines, in their order. */
type Document<D> = { readonly draft: D; readonly dues: readonly Due[] };

const ZERO = decimal('0');

/**
 * Charges what has begun until a day, in advance, and gives back what has changed: one invoice for a
 * customer and currency, one credit note for an invoice. Terms that are over are renewed, or end.
 * What was charged on an invoice that somebody cancelled is due again. Whoever runs it again, or at once,
 * finds nothing left to charge.
 */
export async function billSubscriptions(
  tx: Handle,
  context: ErpContext,
  wish: { readonly until: LocalDate; readonly postedOn: LocalDate },
): Promise<BillingRun> {
  const { legalEntity, clock } = context;
  const { dues, undone } = await findDues(tx, context, wish.until);
  const free = dues.filter(({ amount }) => compareDecimals(amount, ZERO) === 0);
  const invoices = invoicesOf(dues, wish.postedOn);
  const notes = notesOf(dues, wish.postedOn);
  const posted = await postInvoices(
    tx,
    context,
    invoices.map(({ draft }) => draft),
  );
  const credited = await postCreditNotes(
    tx,
    context,
    notes.map(({ draft }) => draft),
  );
  const done = [...standing(invoices, posted), ...standing(notes, credited)];
  const refused = [...refusals(invoices, posted), ...refusals(notes, credited)];
  const made = { invoices: madeOf(posted), creditNotes: madeOf(credited), refused };
  if (done.length === 0 && free.length === 0 && undone.length === 0) return made;
  const [number = ''] = await takeNumbers(tx, legalEntity, 'BR', wish.postedOn, 1);
  const id = newId('br', millisecondsOf(clock()));
  const charges = [
    ...undone,
    ...free.map(
      (due): NewCharge => ({ ...due, companyAmount: ZERO, document: undefined, line: 0 }),
    ),
    ...(await chargedLines(tx, legalEntity, done)),
  ];
  await writeCharges(tx, context, { id, number, ...wish }, charges);
  await linkDocuments(
    tx,
    charges.flatMap(({ subscription, document }) =>
      document === undefined
        ? []
        : [
            {
              from: { kind: 'subscription', id: subscription.id, number: subscription.number },
              to: document,
            },
          ],
    ),
  );
  return { id, number, ...made };
}

/** Locks all subscriptions that may have something to charge, renews them, and says what, and what is taken back. */
async function findDues(
  tx: Handle,
  context: ErpContext,
  until: LocalDate,
): Promise<{ readonly dues: readonly Due[]; readonly undone: readonly NewCharge[] }> {
  const { legalEntity } = context;
  const begun = await rows<{ id: string }>(
    tx,
    sql`select id from erp_subscriptions.subscription
      where legal_entity = ${legalEntity} and starts_on <= ${until}`,
  );
  const ids = begun.map(({ id }) => id);
  const subscriptions = await lockSubscriptions(tx, ids);
  const plans = new Map((await listPlans(tx, legalEntity)).map((plan) => [plan.id, plan]));
  const booked = await chargesOf(tx, ids);
  const undone = await cancelledCharges(tx, legalEntity, { charges: booked, subscriptions });
  const charges = Map.groupBy(
    [...booked, ...undone.map(asCharge)],
    ({ subscription }) => subscription,
  );
  const renewed: (NewEvent & { readonly subscription: string })[] = [];
  const dues: Due[] = [];
  for (const subscription of [...subscriptions.values()].toSorted(byNumber)) {
    const { id, currency } = subscription;
    const more = renewalsOf(subscription, until, (plan, on) => {
      const found = plans.get(plan);
      return found === undefined ? undefined : priceOn(found, { currency, on });
    });
    renewed.push(...more.map((event) => ({ ...event, subscription: id })));
    const events = [...subscription.events, ...more];
    for (const due of chargesDue({ events, currency }, charges.get(id) ?? [], until)) {
      const at = events.findLast(({ on }) => on <= due.period.from)?.plan ?? subscription.plan;
      const plan = plans.get(at);
      assert(plan !== undefined, 'a subscription has a plan');
      dues.push({ ...due, subscription, plan });
    }
  }
  await writeEvents(tx, context, renewed);
  return { dues, undone };
}

const byNumber = (a: Subscription, b: Subscription): number => (a.number < b.number ? -1 : 1);

function invoicesOf(dues: readonly Due[], on: LocalDate): readonly Document<InvoiceDraft>[] {
  const charged = dues.filter(({ amount }) => compareDecimals(amount, ZERO) > 0);
  const groups = Map.groupBy(charged, ({ subscription }) =>
    JSON.stringify([subscription.customer, subscription.currency, subscription.paymentTerms]),
  );
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { customer, currency, paymentTerms } = first.subscription;
    const draft: InvoiceDraft = {
      customer,
      currency,
      issuedOn: on,
      postedOn: on,
      ...(paymentTerms === null ? {} : { paymentTerms }),
      lines: own.map((due) => ({
        text: textOf(due),
        unitPrice: due.amount,
        posting: { key: 'deferred-revenue' },
        ...(due.plan.taxCode === null ? {} : { taxCode: due.plan.taxCode }),
      })),
    };
    return [{ draft, dues: own }];
  });
}

const textOf = ({ subscription, plan, kind, serviceFrom, period }: Due): string => {
  const days = `${kind === 'more' ? serviceFrom : period.from} – ${addDays(period.to, -1)}`;
  return `${plan.name}, ${subscription.number}, ${days}`;
};

function notesOf(dues: readonly Due[], on: LocalDate): readonly Document<CreditNoteDraft>[] {
  const lowering = dues.filter(({ kind }) => kind === 'less');
  const groups = Map.groupBy(lowering, ({ corrects }) => corrects?.document ?? '');
  return [...groups].map(([invoice, own]) => ({
    dues: own,
    draft: {
      issuedOn: on,
      postedOn: on,
      reason: 'the subscription has changed',
      corrections: own.map(({ corrects, amount }) => ({
        invoice,
        line: corrects?.documentLine ?? 0,
        net: negateDecimal(amount),
      })),
    },
  }));
}

type Posted = { readonly id: string; readonly number: string };
type Stood = Posted & { readonly dues: readonly Due[] };

const standing = (
  documents: readonly Document<unknown>[],
  results: readonly Result<Posted>[],
): readonly Stood[] =>
  documents.flatMap(({ dues }, at) => {
    const result = results[at];
    return result?.ok === true ? [{ ...result.value, dues }] : [];
  });

const madeOf = (results: readonly Result<Posted>[]): readonly Posted[] =>
  results.flatMap((each) => (each.ok ? [{ id: each.value.id, number: each.value.number }] : []));

const refusals = (
  documents: readonly Document<unknown>[],
  results: readonly Result<unknown>[],
): BillingRun['refused'] =>
  documents.flatMap(({ dues }, at) => {
    const result = results[at];
    if (result?.ok !== false) return [];
    const { code, message } = result.problem;
    return [{ customer: dues[0]?.subscription.customer ?? '', code, message }];
  });

/** Charges as they were posted: each line in both currencies, rounded as receivables does. */
async function chargedLines(
  tx: Handle,
  legalEntity: string,
  done: readonly Stood[],
): Promise<readonly NewCharge[]> {
  const scale = currencyScale(await companyCurrencyOf(tx, legalEntity));
  const documents = await findInvoices(
    tx,
    done.map(({ id }) => id),
  );
  return done.flatMap(({ id, number, dues }) => {
    const document = documents.get(id);
    assert(document?.lines.length === dues.length, `${number} has a line for each charge`);
    const exact = document.lines.map(({ net }) => multiplyDecimals(net, document.rate));
    const company = telescoped(exact, scale);
    const isInvoice = document.kind === 'invoice';
    const kind = isInvoice ? 'customer-invoice' : 'customer-credit-note';
    const signed = (amount: Decimal): Decimal => (isInvoice ? amount : negateDecimal(amount));
    return dues.map((due, at): NewCharge => {
      const net = signed(document.lines[at]?.net ?? ZERO);
      assert(compareDecimals(net, due.amount) === 0, `${number} says what was to be charged`);
      const companyAmount = signed(company[at] ?? ZERO);
      return { ...due, companyAmount, document: { kind, id, number }, line: at + 1 };
    });
  });
}
