import type { DayOf, Intent } from '../world/intent.ts';
import { bookDunning } from './book-dunning.ts';
import { bookQuotations, bookSalesOrders, loseQuotations, promiseStock } from './book-orders.ts';
import { bookMatches, bookStatements } from './book-bank.ts';
import { bookOutsideOrders, bookOutsideReceipts, OUTSIDE } from './book-outside.ts';
import { bookJournal, closeMonths, closeYears, openYears, payTaxes } from './book-office.ts';
import {
  bookConfirmations,
  bookDowntimes,
  bookLosses,
  bookTransfers,
  bookWorkOrders,
  closeOrders,
} from './book-production.ts';
import { billMonths, bookSubscriptions, bookSubscriptionSteps } from './book-subscriptions.ts';
import {
  bookChangeOrders,
  bookProgress,
  bookProjectBills,
  bookProjects,
  bookTimeSheets,
  endProjects,
  recogniseMonths,
} from './book-projects.ts';
import { bookPaymentRuns } from './book-payment-runs.ts';
import {
  bookAdvances,
  bookPurchaseOrders,
  bookReceipts,
  bookSupplierInvoices,
  bookSupplierPayments,
  freeInvoices,
} from './book-purchases.ts';
import {
  bookBadDebts,
  bookCreditNotes,
  closeReturned,
  bookCustomerInvoices,
  bookCustomerPayments,
  bookDeliveries,
} from './book-sales.ts';
import { bookRequisitions } from './book-requisitions.ts';
import { bookConsignments, bookCounts, bookWithdrawals } from './book-stock.ts';
import type { Desk, Of } from './desk.ts';

/**
 * Books days of one legal entity, of one month at most, many documents at once. What comes in is
 * booked before what goes out, and who waits from before is served before who comes new: so
 * whatever the world could ship, the ERP can.
 */
export async function bookDays(desk: Desk, days: readonly Pick<DayOf, 'intents'>[]): Promise<void> {
  const all = days.flatMap(({ intents }) => intents);
  const of = <Kind extends Intent['kind']>(...kinds: readonly Kind[]): Of<Kind>[] =>
    all.filter((intent): intent is Of<Kind> => isOneOf(kinds, intent.kind));
  await openYears(desk, of('fiscal-year'));
  await closeMonths(desk, of('close-month'));
  await closeYears(desk, of('close-year'));
  await bookDunning(desk, of('dunning-run')); // Of what is not paid when the month begins.
  await bookRequisitions(desk, of('requisition'));
  await bookPurchaseOrders(desk, of('purchase-order'));
  await bookReceipts(desk, of('receipt'));
  await bookConsignments(desk, of('consignment'));
  await bookWithdrawals(desk, of('withdrawal'));
  await bookTransfers(desk, of('stock-transfer'));
  await bookDowntimes(desk, of('downtime'));
  await bookWorkOrders(desk, of('work-order'));
  const confirmed = Map.groupBy(of('confirmation'), ({ operation }) => operation < OUTSIDE);
  await bookConfirmations(desk, confirmed.get(true) ?? []);
  await bookOutsideOrders(desk, of('outside-order'));
  await bookOutsideReceipts(desk, of('outside-receipt'));
  await bookConfirmations(desk, confirmed.get(false) ?? []);
  await closeOrders(desk, of('close-work-order'));
  const deliveries = of('delivery');
  const orders = of('sales-order');
  const news = new Set(orders.map(({ key }) => key));
  await bookDeliveries(
    desk,
    deliveries.filter(({ order }) => !news.has(order)),
  );
  await bookQuotations(desk, of('quotation'));
  await bookSalesOrders(desk, orders);
  await loseQuotations(desk, of('quotation-loss'));
  const atOnce = deliveries.filter(({ order }) => news.has(order));
  await bookDeliveries(desk, atOnce);
  await promiseStock(desk, orders, atOnce);
  await bookLosses(desk, of('stock-loss'));
  await bookCustomerInvoices(desk, of('customer-invoice'));
  await bookDeliveries(desk, of('customer-return')); // Of what is charged: it is given back then.
  await bookCreditNotes(desk, of('credit-note'));
  await closeReturned(desk, { deliveries, notes: of('credit-note') });
  await bookCounts(desk, of('stock-count')); // On the last day of a month, when all has moved.
  await bookProjects(desk, of('project'));
  await bookChangeOrders(desk, of('change-order'));
  await bookTimeSheets(desk, of('time-sheet'));
  await bookProgress(desk, of('progress'), of('milestone'));
  await bookProjectBills(desk, of('project-bill'));
  await bookSubscriptions(desk, of('subscription'));
  await billMonths(desk, of('billing-run'));
  await bookSubscriptionSteps(desk, of('subscription-step'));
  await bookCustomerPayments(desk, of('customer-payment', 'refund'));
  await bookBadDebts(desk, of('bad-debt'));
  await bookSupplierInvoices(desk, of('supplier-invoice'));
  await freeInvoices(desk, of('free-invoice'));
  await bookPaymentRuns(desk, of('payment-run'));
  await bookSupplierPayments(desk, of('supplier-payment'));
  await bookAdvances(desk, of('supplier-advance'));
  await bookJournal(desk, of('journal'));
  await payTaxes(desk, of('tax-return'));
  await bookStatements(desk, of('bank-statement'));
  await bookMatches(desk, of('match-line'));
  await endProjects(desk, of('complete-project'), of('close-project'));
  await recogniseMonths(desk, of('recognise-revenue'));
}

const isOneOf = <Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind =>
  kinds.some((each) => each === kind);
