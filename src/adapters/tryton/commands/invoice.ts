import type { Command } from '#adapter-kit';
import type { ContentOf } from '#canonical';
import type { JsonObject } from '#kernel';
import { compareDecimals, parseDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { WriteCall } from '../rpc.ts';
import { holdsReference, withReference } from '../reference.ts';
import { dateValue, id, isId, numeric, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { accountNamed, expenseAccount, payableAccount } from './accounts.ts';
import { CannotBook, contentOf, search, targetOf } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Alteration, Creation } from './flow.ts';
import {
  currencyId,
  decimalFrom,
  idOrNull,
  productOf,
  quantityOf,
  supplierOf,
  unitId,
} from './resolve.ts';
import { discard, standingOf } from './standing.ts';

const MODEL = 'account.invoice';
const STATES = ['cancelled', 'draft', 'validated', 'posted', 'paid'];
const GOALS: Readonly<Record<string, string>> = {
  draft: 'draft',
  parked: 'validated',
  posted: 'posted',
};
const METHODS: Readonly<Record<string, string>> = { draft: 'validate_invoice', validated: 'post' };

type Invoice = ContentOf<'supplier-invoice'>;
type Line = Invoice['lines'][number];

/**
 * A supplier's invoice. Of an order, it is the draft that Tryton itself has made of what was
 * ordered or received; without one, it is made. Its total must come out as the supplier's.
 */
export const postInvoice: Creation = {
  flow: 'creation',
  operation: 'post-supplier-invoice',
  model: MODEL,
  find: (desk, { reference }) =>
    standingOf(
      desk,
      MODEL,
      [['type', '=', 'in'], holdsReference('description', reference)],
      STATES,
    ),
  async begin(desk, command) {
    const invoice = contentOf(command, 'supplier-invoice');
    if (invoice.kind !== 'invoice') {
      throw new CannotBook('invalid', `a ${invoice.kind} is not posted to Tryton yet`, 'kind');
    }
    if (GOALS[invoice.status] === undefined) {
      throw new CannotBook('invalid', `an invoice is not made ${invoice.status}`, 'status');
    }
    const orders = new Set(invoice.lines.flatMap(({ order }) => order ?? []));
    const [order] = orders;
    if (orders.size > 1) {
      throw new CannotBook('invalid', 'Tryton makes one invoice per order', 'lines');
    }
    return order === undefined
      ? await newInvoice(desk, invoice, command)
      : await adoptInvoice(desk, invoice, order, command);
  },
  next(state, { payload }) {
    const goal = STATES.indexOf(GOALS[textOf(payload['status'])] ?? '');
    const reached = STATES.indexOf(state);
    return reached < 1 || reached >= goal ? undefined : METHODS[state];
  },
  async check(desk, command, { record, state }) {
    if (state !== 'draft') return undefined;
    const { grossAmount } = contentOf(command, 'supplier-invoice');
    const [row] = await search(desk, MODEL, [['id', '=', id(record)]], ['total_amount']);
    const total = decimalFrom(row ?? {}, 'total_amount');
    return compareDecimals(total, grossAmount) === 0
      ? undefined
      : `in Tryton the invoice comes to ${total}, not ${grossAmount}`;
  },
  undo: releaseInvoice,
};

export const cancelInvoice: Alteration = {
  flow: 'alteration',
  operation: 'cancel-supplier-invoice',
  model: MODEL,
  async look(desk, command) {
    const domain: Sent = [
      ['id', '=', id(targetOf(command))],
      ['type', '=', 'in'],
    ];
    const standing = await standingOf(desk, MODEL, domain, STATES);
    return standing && { ...standing, asWanted: standing.state === 'cancelled' };
  },
  async call(_desk, _command, { record }) {
    return Promise.resolve({ model: MODEL, method: 'cancel', params: [[id(record)]] });
  },
};

const ownValues = (
  invoice: Invoice,
  described: string,
  { reference }: Command,
): { readonly [name: string]: Sent } => ({
  reference: invoice.number,
  description: withReference(described, reference),
  invoice_date: dateValue(invoice.issuedOn),
  ...(invoice.postedOn === undefined ? {} : { accounting_date: dateValue(invoice.postedOn) }),
});

/** Takes the draft that waits for an order's invoice and brings its lines to what is charged. */
async function adoptInvoice(
  desk: Desk,
  invoice: Invoice,
  order: string,
  command: Command,
): Promise<WriteCall> {
  const [purchase] = isId(order)
    ? await search(desk, 'purchase.purchase', [['id', '=', id(order)]], ['invoices'])
    : [];
  const invoices = purchase?.['invoices'];
  const ids = Array.isArray(invoices) ? invoices.map((key) => id(textOf(key))) : [];
  const drafts = await search(
    desk,
    MODEL,
    [
      ['id', 'in', ids],
      ['state', '=', 'draft'],
    ],
    ['description', '_timestamp'],
  );
  const waiting = drafts.filter((row) => !/\([A-Z0-9-]+\)$/.test(textOf(row['description'])));
  const [draft] = waiting;
  if (draft === undefined || waiting.length > 1) {
    const reason =
      draft === undefined
        ? `nothing of order ${order} waits to be invoiced in Tryton`
        : `several drafts wait for an invoice of order ${order}: join them in Tryton`;
    throw new CannotBook('invalid', reason, 'lines');
  }
  const key = textOf(draft['id']);
  const values = {
    ...ownValues(invoice, textOf(draft['description']), command),
    lines: await lineActions(desk, invoice, key),
  };
  const seen = [{ model: MODEL, key, version: textOf(draft['_timestamp']) }];
  return { model: MODEL, method: 'write', params: [[id(key)], values], seen };
}

async function lineActions(desk: Desk, invoice: Invoice, key: string): Promise<readonly Sent[]> {
  const domain: Sent = [
    ['invoice', '=', id(key)],
    ['type', '=', 'line'],
  ];
  const rows = await search(desk, 'account.invoice.line', domain, [
    'origin',
    'quantity',
    'unit_price',
  ]);
  const charged = new Set<string>();
  const actions: Sent[] = [];
  for (const [at, line] of invoice.lines.entries()) {
    if (line.order === undefined) {
      actions.push(['create', [await newLine(desk, line, `lines.${at}`)]]);
      continue;
    }
    const row = rows.find(({ origin }) => textOf(origin) === `purchase.line,${line.orderLine}`);
    if (row === undefined) {
      const reason = `line ${line.orderLine ?? '?'} of the order does not wait to be invoiced`;
      throw new CannotBook('invalid', reason, `lines.${at}.orderLine`);
    }
    charged.add(textOf(row['id']));
    const values = differing(line, row, `lines.${at}`);
    if (Object.keys(values).length > 0) {
      actions.push(['write', [id(textOf(row['id']))], values]);
    }
  }
  const left = rows.map((row) => textOf(row['id'])).filter((each) => !charged.has(each));
  if (left.length > 0) actions.push(['delete', left.map(id)]); // Tryton makes them a new draft.
  return actions;
}

function differing(
  { quantity, unitPrice }: Line,
  row: JsonObject,
  field: string,
): { readonly [name: string]: Sent } {
  const same = (wanted: Decimal | undefined, name: string): boolean => {
    const stated = parseDecimal(textOf(row[name]));
    return wanted === undefined || (stated !== undefined && compareDecimals(wanted, stated) === 0);
  };
  return {
    ...(quantity === undefined || same(quantity.value, 'quantity')
      ? {}
      : { quantity: quantityOf(quantity.value, `${field}.quantity`) }),
    ...(unitPrice === undefined || same(unitPrice, 'unit_price')
      ? {}
      : { unit_price: numeric(unitPrice) }),
  };
}

async function newInvoice(desk: Desk, invoice: Invoice, command: Command): Promise<WriteCall> {
  const supplier = await supplierOf(desk, invoice.supplier);
  const [journal] = await search(desk, 'account.journal', [['type', '=', 'expense']], ['name']);
  const lines = await Promise.all(
    invoice.lines.map((line, at) => newLine(desk, line, `lines.${at}`)),
  );
  const values = {
    type: 'in',
    company: id(await desk.rpc.company(desk.stop)),
    party: supplier.id,
    invoice_address: supplier.invoiceAddress,
    payment_term: supplier.paymentTerm,
    account: await payableAccount(desk, invoice.supplier),
    journal: idOrNull(journal?.['id']),
    currency: await currencyId(desk, invoice.currency),
    ...ownValues(invoice, '', command),
    lines: [['create', lines]],
  };
  return { model: MODEL, method: 'create', params: [[values]] };
}

/** A line that no order stands behind: freight, a service. */
async function newLine(desk: Desk, line: Line, field: string): Promise<Sent> {
  const item =
    line.item === undefined ? undefined : await productOf(desk, line.item, `${field}.item`);
  const account =
    line.account === undefined
      ? await expenseAccount(desk, item?.category ?? '')
      : await accountNamed(desk, line.account, `${field}.account`);
  if (account === null) {
    throw new CannotBook('invalid', 'say to which account it goes', `${field}.account`);
  }
  const { quantity, unitPrice, netAmount } = line;
  const whole = quantity === undefined || unitPrice === undefined;
  return {
    type: 'line',
    account,
    ...(item === undefined ? {} : { product: item.id, taxes: [['add', item.taxes]] }),
    description: line.text ?? item?.name ?? '',
    quantity: whole ? 1 : quantityOf(quantity.value, `${field}.quantity`),
    ...(whole || item === undefined
      ? {}
      : { unit: await unitId(desk, quantity.unit, `${field}.quantity.unit`) }),
    unit_price: numeric(whole ? netAmount : unitPrice),
  };
}

/** Takes a draft back. One that Tryton made of an order it makes anew of its own accord. */
async function releaseInvoice(
  desk: Desk,
  { record, state }: { readonly record: string; readonly state: string },
): Promise<void> {
  if (state !== 'draft') throw new Error(`the invoice is ${state}`);
  await discard(desk, MODEL, record, 'description');
}
