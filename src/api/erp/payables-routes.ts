import { accept } from '#erp/company';
import {
  cancelInvoices,
  changePaymentRun,
  createPaymentRun,
  decidePaymentRun,
  executePaymentRun,
  findInvoices,
  findPaymentRun,
  listPaymentRuns,
  listInvoiceHeads,
  listInvoices,
  findPayments,
  listPayments,
  postInvoices,
  postPayments,
  reversePayments,
} from '#erp/payables';
import type { Handle } from '#database';
import { bookRoute } from './book-route.ts';
import { openItemsOf, showInvoiceBy } from './open-items-of.ts';
import { listBy, readRoute, showBy, there, linesOrNone } from './reading.ts';

const PAYABLES = openItemsOf('payable');

const INVOICE_ROUTES = [
  readRoute({
    name: 'listSupplierInvoices',
    summary: 'Lists supplier invoices with their lines and how they match, the newest first.',
    permission: 'payables:read',
    errors: [],
    handle: listBy(linesOrNone(listInvoices, listInvoiceHeads)),
  }),
  readRoute({
    name: 'getSupplierInvoice',
    summary: 'Shows a supplier invoice, what deviates from order and receipts, and what is open.',
    permission: 'payables:read',
    errors: ['api.no-such-record'],
    handle: showInvoiceBy(findInvoices),
  }),
  bookRoute({
    name: 'postSupplierInvoice',
    summary: 'Posts an invoice or credit note of a supplier, matched with orders and receipts.',
    permission: 'payables:post',
    audit: { within: 'payables.invoice-posted' },
    errors: [
      'payables.bad-line',
      'payables.bad-tax',
      'payables.currency-differs',
      'payables.duplicate',
      'payables.empty-document',
      'payables.journal-refused',
      'payables.no-rate',
      'payables.no-such-order-line',
      'payables.no-such-supplier',
      'payables.no-such-tax-code',
      'payables.no-such-terms',
      'payables.no-such-withdrawal',
      'payables.supplier-differs',
      'payables.totals-differ',
    ],
    book: (tx, context, { body }) => postInvoices(tx, context, [body]),
  }),
  bookRoute({
    name: 'cancelSupplierInvoice',
    summary: 'Cancels an invoice or credit note that nothing has settled.',
    permission: 'payables:post',
    audit: { within: 'payables.invoice-cancelled' },
    errors: [
      'payables.already-cancelled',
      'payables.journal-refused',
      'payables.no-such-invoice',
      'payables.settled',
    ],
    book: (tx, context, { params, body }) =>
      cancelInvoices(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

const ITEM_ROUTES = [
  readRoute({
    name: 'listPayables',
    summary: 'Lists what is owed to suppliers, by the day it is due.',
    permission: 'payables:read',
    errors: [],
    handle: PAYABLES.list,
  }),
  readRoute({
    name: 'getPayable',
    summary: 'Shows what is owed for one document, and what has settled it.',
    permission: 'payables:read',
    errors: ['api.no-such-record'],
    handle: PAYABLES.show,
  }),
  bookRoute({
    name: 'markPayable',
    summary: 'Blocks or frees what is owed for payment, or notes a dispute; amounts stay.',
    permission: 'payables:approve',
    audit: { within: 'payables.item-marked' },
    errors: ['api.no-such-record', 'open-items.moved-on'],
    book: PAYABLES.mark,
  }),
  readRoute({
    name: 'getPayablesAging',
    summary: 'Ages what was owed to suppliers at the end of any day, in company currency.',
    permission: 'payables:read',
    errors: [],
    handle: PAYABLES.aging,
  }),
  bookRoute({
    name: 'allocatePayable',
    summary: 'Settles an invoice with a payment or credit note that is still open.',
    permission: 'payables:post',
    audit: { within: 'payables.allocated' },
    errors: [
      'api.no-such-record',
      'open-items.amount-not-positive',
      'open-items.currencies-differ',
      'open-items.journal-refused',
      'open-items.not-enough-open',
      'open-items.parties-differ',
      'open-items.wrong-effect',
    ],
    book: PAYABLES.allocate,
  }),
  bookRoute({
    name: 'reversePayableAllocation',
    summary: 'Takes an allocation back: what it settled is open again.',
    permission: 'payables:post',
    audit: { within: 'payables.allocation-reversed' },
    errors: ['api.no-such-record', 'open-items.already-reversed', 'open-items.journal-refused'],
    book: PAYABLES.reverse,
  }),
] as const;

const PAYMENT_ROUTES = [
  readRoute({
    name: 'listSupplierPayments',
    summary: 'Lists payments to suppliers, the newest first.',
    permission: 'payables:read',
    errors: [],
    handle: listBy(listPayments),
  }),
  readRoute({
    name: 'getSupplierPayment',
    summary: 'Shows one payment to a supplier.',
    permission: 'payables:read',
    errors: ['api.no-such-record'],
    handle: showBy(findPayments),
  }),
  bookRoute({
    name: 'postSupplierPayment',
    summary: 'Posts a payment to a supplier and settles what it is for; the rest is an advance.',
    permission: 'payables:pay',
    audit: { within: 'payables.payment-posted' },
    errors: [
      'payables.journal-refused',
      'payables.no-rate',
      'payables.no-such-supplier',
      'payables.settled',
    ],
    book: (tx, context, { body }) => postPayments(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseSupplierPayment',
    summary: 'Takes a payment to a supplier back: what it settled is open again.',
    permission: 'payables:pay',
    audit: { within: 'payables.payment-reversed' },
    errors: [
      'payables.already-taken-back',
      'payables.journal-refused',
      'payables.no-such-payment',
      'payables.settled',
    ],
    book: (tx, context, { params, body }) =>
      reversePayments(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

const RUN_ERRORS = [
  'payables.moved-on',
  'payables.no-such-run',
  'payables.not-in-this-state',
] as const;

/** A payment run of the legal entity in the path. */
const runOf = async (handle: Handle, params: { readonly entity: string; readonly id: string }) =>
  there(await findPaymentRun(handle, params.id), params);

const RUN_ROUTES = [
  readRoute({
    name: 'listPaymentRuns',
    summary: 'Lists payment runs: what each pays to how many, and what it leaves out.',
    permission: 'payables:read',
    errors: [],
    handle: listBy(listPaymentRuns),
  }),
  bookRoute({
    name: 'createPaymentRun',
    summary: 'Proposes what to pay: what is due, and what earns a discount now. Nothing is paid.',
    permission: 'payables:post',
    audit: { within: 'payables.run-proposed' },
    errors: ['payables.nothing-to-pay'],
    book: async (tx, context, { body }) => [await createPaymentRun(tx, context, body)],
  }),
  readRoute({
    name: 'getPaymentRun',
    summary: 'Shows a payment run: what it pays, what it leaves out and why.',
    permission: 'payables:read',
    errors: ['api.no-such-record'],
    handle: ({ params }, { database }) => runOf(database.kysely, params),
  }),
  bookRoute({
    name: 'changePaymentRun',
    summary: 'Leaves items out of a proposed run, or takes them in again.',
    permission: 'payables:post',
    audit: { within: 'payables.run-changed' },
    errors: ['api.no-such-record', ...RUN_ERRORS],
    book: async (tx, _context, { params, body }) => {
      const { id } = await runOf(tx, params);
      return [await changePaymentRun(tx, { ...body, id })];
    },
  }),
  bookRoute({
    name: 'decidePaymentRun',
    summary: 'Approves a payment run, by another than who proposed it, or withdraws it.',
    permission: 'payables:approve',
    audit: { within: 'payables.run-decided' },
    errors: ['api.no-such-record', ...RUN_ERRORS, 'payables.four-eyes'],
    book: async (tx, context, { params, body }) => {
      const { id } = await runOf(tx, params);
      return [await decidePaymentRun(tx, context, { ...body, id })];
    },
  }),
  bookRoute({
    name: 'executePaymentRun',
    summary: 'Pays an approved run, one payment a supplier; what cannot be paid any more is told.',
    permission: 'payables:pay',
    audit: { within: 'payables.run-paid' },
    errors: ['api.no-such-record', ...RUN_ERRORS],
    book: async (tx, context, { params, body }) => {
      const { id } = await runOf(tx, params);
      const paid = await executePaymentRun(tx, context, { ...body, id });
      if (!paid.ok) return [paid];
      const { payments } = paid.value;
      return [
        accept({
          payments: payments.flatMap((each) => (each.ok ? [each.value] : [])),
          refused: payments.flatMap((each) => (each.ok ? [] : [each.problem])),
        }),
      ];
    },
  }),
] as const;

/** Routes about what suppliers charge and are paid. */
export const PAYABLES_ROUTES = [
  ...INVOICE_ROUTES,
  ...ITEM_ROUTES,
  ...PAYMENT_ROUTES,
  ...RUN_ROUTES,
] as const;
