import {
  cancelInvoices,
  findInvoices,
  listInvoiceHeads,
  listInvoices,
  findPayments,
  listPayments,
  postCreditNotes,
  postInvoices,
  postPayments,
  reversePayments,
  writeOff,
} from '#erp/receivables';
import { bookRoute } from './book-route.ts';
import { openItemsOf, showInvoiceBy } from './open-items-of.ts';
import { listBy, readRoute, showBy, linesOrNone } from './reading.ts';

const RECEIVABLES = openItemsOf('receivable');

const CHARGE_ERRORS = [
  'receivables.bad-line',
  'receivables.currency-differs',
  'receivables.customer-differs',
  'receivables.empty-document',
  'receivables.journal-refused',
  'receivables.no-rate',
  'receivables.no-such-customer',
  'receivables.no-such-delivery',
  'receivables.no-such-order-line',
  'receivables.no-such-tax-code',
  'receivables.no-such-terms',
] as const;

const INVOICE_ROUTES = [
  readRoute({
    name: 'listCustomerInvoices',
    summary: 'Lists customer invoices and credit notes with their lines, the newest first.',
    permission: 'receivables:read',
    errors: [],
    handle: listBy(linesOrNone(listInvoices, listInvoiceHeads)),
  }),
  readRoute({
    name: 'getCustomerInvoice',
    summary: 'Shows a customer invoice or credit note, and what is open of it.',
    permission: 'receivables:read',
    errors: ['api.no-such-record'],
    handle: showInvoiceBy(findInvoices),
  }),
  bookRoute({
    name: 'postCustomerInvoice',
    summary: 'Charges a customer: for deliveries, for orders, for some lines, or freely.',
    permission: 'receivables:post',
    audit: { within: 'receivables.invoice-posted' },
    errors: [...CHARGE_ERRORS, 'receivables.nothing-to-charge'],
    book: (tx, context, { body }) => postInvoices(tx, context, [body]),
  }),
  bookRoute({
    name: 'postCustomerCreditNote',
    summary: 'Gives back: an invoice, returns, some lines of invoices, or freely.',
    permission: 'receivables:post',
    audit: { within: 'receivables.credit-note-posted' },
    errors: [...CHARGE_ERRORS, 'receivables.no-such-invoice', 'receivables.nothing-to-credit'],
    book: (tx, context, { body }) => postCreditNotes(tx, context, [body]),
  }),
  bookRoute({
    name: 'cancelCustomerInvoice',
    summary: 'Cancels an invoice or credit note that nothing has settled or corrected.',
    permission: 'receivables:post',
    audit: { within: 'receivables.invoice-cancelled' },
    errors: [
      'receivables.already-cancelled',
      'receivables.corrected',
      'receivables.journal-refused',
      'receivables.no-such-invoice',
      'receivables.settled',
    ],
    book: (tx, context, { params, body }) =>
      cancelInvoices(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;

const ITEM_ROUTES = [
  readRoute({
    name: 'listReceivables',
    summary: 'Lists what customers owe, by the day it is due.',
    permission: 'receivables:read',
    errors: [],
    handle: RECEIVABLES.list,
  }),
  readRoute({
    name: 'getReceivable',
    summary: 'Shows what a customer owes for one document, and what has settled it.',
    permission: 'receivables:read',
    errors: ['api.no-such-record'],
    handle: RECEIVABLES.show,
  }),
  bookRoute({
    name: 'markReceivable',
    summary: 'Notes a dispute or a block on what a customer owes; amounts stay.',
    permission: 'receivables:post',
    audit: { within: 'receivables.item-marked' },
    errors: ['api.no-such-record', 'open-items.moved-on'],
    book: RECEIVABLES.mark,
  }),
  readRoute({
    name: 'getReceivablesAging',
    summary: 'Ages what customers owed at the end of any day, in company currency.',
    permission: 'receivables:read',
    errors: [],
    handle: RECEIVABLES.aging,
  }),
  bookRoute({
    name: 'allocateReceivable',
    summary: 'Settles an invoice with a payment or credit note that is still open.',
    permission: 'receivables:post',
    audit: { within: 'receivables.allocated' },
    errors: ['api.no-such-record', 'open-items.not-enough-open', 'open-items.parties-differ'],
    book: RECEIVABLES.allocate,
  }),
  bookRoute({
    name: 'reverseReceivableAllocation',
    summary: 'Takes an allocation back: what it settled is open again.',
    permission: 'receivables:post',
    audit: { within: 'receivables.allocation-reversed' },
    errors: ['api.no-such-record', 'open-items.already-reversed'],
    book: RECEIVABLES.reverse,
  }),
  bookRoute({
    name: 'writeOffReceivable',
    summary:
      'Writes off what is not asked for any more, with its tax; a few coins up to the limit.',
    permission: 'receivables:approve',
    audit: { within: 'receivables.written-off' },
    errors: [
      'receivables.journal-refused',
      'receivables.no-such-item',
      'receivables.over-limit',
      'receivables.settled',
    ],
    book: (tx, context, { params, body }) => writeOff(tx, context, [{ ...body, item: params.id }]),
  }),
] as const;

/** Routes about what customers are charged and pay. */
export const RECEIVABLES_ROUTES = [
  ...INVOICE_ROUTES,
  ...ITEM_ROUTES,
  readRoute({
    name: 'listCustomerPayments',
    summary: 'Lists payments of customers, the newest first.',
    permission: 'receivables:read',
    errors: [],
    handle: listBy(listPayments),
  }),
  readRoute({
    name: 'getCustomerPayment',
    summary: 'Shows one payment of a customer.',
    permission: 'receivables:read',
    errors: ['api.no-such-record'],
    handle: showBy(findPayments),
  }),
  bookRoute({
    name: 'postCustomerPayment',
    summary: 'Posts money of a customer and settles what it is for; or pays a credit back.',
    permission: 'receivables:post',
    audit: { within: 'receivables.payment-posted' },
    errors: [
      'receivables.discount-not-earned',
      'receivables.journal-refused',
      'receivables.no-rate',
      'receivables.no-such-customer',
      'receivables.settled',
    ],
    book: (tx, context, { body }) => postPayments(tx, context, [body]),
  }),
  bookRoute({
    name: 'reverseCustomerPayment',
    summary: 'Takes a payment back that bounced: what it settled is open again.',
    permission: 'receivables:post',
    audit: { within: 'receivables.payment-reversed' },
    errors: [
      'receivables.already-taken-back',
      'receivables.journal-refused',
      'receivables.no-such-payment',
    ],
    book: (tx, context, { params, body }) =>
      reversePayments(tx, context, [{ ...body, id: params.id }]),
  }),
] as const;
