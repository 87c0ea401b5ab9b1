/** What lines charge of an order in dollars, decided without a database: taken, of another price, of another rate. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STANDARD_TERMS } from '#erp/company';
import type { Withdrawn } from '#erp/inventory/withdrawals';
import type { Party } from '#erp/parties';
import type { OrderLine, PurchaseOrder } from '#erp/purchasing';
import { assert, parseCurrency } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { instantOf, localDate } from '#kernel/time';
import { decideInvoice } from './decide-invoice.ts';
import type { DecidedInvoice, InvoiceFacts } from './decide-invoice.ts';
import { invoiceEntry } from './invoice-entry.ts';
import type { InvoiceKind, InvoiceLineDraft } from './supplier-invoice.ts';

const [USD, EUR] = [parseCurrency('USD'), parseCurrency('EUR')];
if (USD === undefined || EUR === undefined) throw new Error('USD and EUR are currencies');
const currencies = { order: USD, company: EUR };
const day = localDate('2026-03-15');
const ZERO = decimal('0');
const cents = (amount: number) => decimalOf(BigInt(amount), 2);
const times = (a: Decimal, b: Decimal) => roundDecimal(multiplyDecimals(a, b), 2);

const by = { createdBy: 'ada', createdAt: instantOf(0) };
const supplier: Party = {
  ...by,
  legalName: undefined,
  status: 'active',
  taxIds: [],
  addresses: [],
  contacts: [],
  country: undefined,
  region: undefined,
  segment: undefined,
  category: undefined,
  salesperson: undefined,
  currency: undefined,
  paymentTerms: undefined,
  incoterm: undefined,
  creditLimit: undefined,
  parent: undefined,
  standsFor: undefined,
  blocks: [],
  blockReason: undefined,
  id: 'sup_1',
  role: 'supplier',
  legalEntity: 'DE01',
  number: 'S-1',
  name: 'Bolt Works Inc.',
  version: 1,
  changedBy: 'ada',
  changedAt: instantOf(0),
};
const LINE: OrderLine = {
  number: 10,
  item: 'item_1',
  text: 'Bolt',
  unit: 'C62',
  ordered: decimal('50'),
  baseNumerator: decimal('1'),
  baseDenominator: decimal('1'),
  unitPrice: decimal('2.00'),
  priceBase: decimal('1'),
  net: decimal('100.00'),
  taxCode: null,
  warehouse: 'wh_1',
  account: null,
  costCentre: 'CC10',
  project: null,
  workOrder: null,
  requestedOn: null,
  promisedOn: null,
  firstPromisedOn: null,
  overPercentMax: ZERO,
  underPercentMax: ZERO,
  isReceivedAgainst: true,
  isFinal: false,
  isCancelled: false,
  requisitionId: null,
  requisitionLine: null,
  received: ZERO,
  receivedValue: ZERO,
  receivedNet: ZERO,
  invoiced: ZERO,
  invoicedValue: ZERO,
  invoicedNet: ZERO,
};
const orderOf = (line: OrderLine, rate: Decimal): PurchaseOrder => ({
  ...by,
  id: 'po_1',
  legalEntity: 'DE01',
  number: 'PO-1',
  kind: 'standard',
  supplier: supplier.id,
  decision: 'issued',
  isClosed: false,
  progress: 'open',
  issuedOn: day,
  currency: currencies.order,
  rate,
  paymentTerms: 'NET30',
  incoterm: null,
  requester: null,
  agreement: null,
  text: '',
  net: line.net,
  approvedBy: null,
  raisedBy: null,
  version: 1,
  lines: [line],
});

const FACTS: InvoiceFacts = {
  legalEntity: 'DE01',
  companyCurrency: currencies.company,
  suppliers: new Map([[supplier.id, supplier]]),
  orders: new Map(),
  withdrawals: new Map(),
  taxCodes: [],
  terms: new Map(STANDARD_TERMS.map((terms) => [terms.code, terms])),
  projectProblem: () => undefined,
  rateOf: () => undefined,
  sentBefore: () => undefined,
};

/** A line of 50 at a price in dollars, ordered and received at one rate. */
function openLine(price: Decimal, rate: Decimal) {
  let line: OrderLine = { ...LINE, unitPrice: price };
  return {
    line: () => line,
    receive(quantity: number) {
      const net = times(decimal(String(quantity)), price);
      line = {
        ...line,
        received: addDecimals(line.received, decimal(String(quantity))),
        receivedNet: addDecimals(line.receivedNet, net),
        receivedValue: addDecimals(line.receivedValue, times(net, rate)),
      };
    },
    charge(kind: InvoiceKind, quantity: number, net: Decimal, today: Decimal) {
      const order = orderOf(line, rate);
      const { decided, booking } = charged(order, { kind, quantity, net, today });
      const [own] = decided.lines;
      const match = own?.match;
      if (match !== undefined) {
        const turn = (value: Decimal) =>
          kind === 'credit-note' ? subtractDecimals(ZERO, value) : value;
        line = {
          ...line,
          invoiced: addDecimals(line.invoiced, turn(decimal(String(quantity)))),
          invoicedValue: addDecimals(line.invoicedValue, turn(match.taken)),
          invoicedNet: addDecimals(line.invoicedNet, turn(match.takenNet)),
        };
      }
      const [difference] = booking.differences;
      assert(difference !== undefined, 'a line has a difference');
      const { taken, takenNet } = match ?? { taken: ZERO, takenNet: ZERO };
      return { ...difference, taken, takenNet, entry: booking.entry };
    },
  };
}

function charged(
  order: PurchaseOrder,
  of: {
    readonly kind: InvoiceKind;
    readonly quantity: number;
    readonly net: Decimal;
    readonly today: Decimal;
  },
) {
  const facts = { ...FACTS, orders: new Map([[order.id, order]]), rateOf: () => of.today };
  const line = { order: { id: order.id, line: 10 }, quantity: decimal(String(of.quantity)) };
  return booked(facts, of.kind, { ...line, net: of.net });
}

/** An invoice of one line in dollars, as it is decided and as it is booked. */
function booked(facts: InvoiceFacts, kind: InvoiceKind, line: InvoiceLineDraft) {
  const said = { supplier: supplier.id, supplierNumber: 'RE-1', issuedOn: day, postedOn: day };
  const draft = { ...said, kind, currency: 'USD', lines: [line] };
  const result = decideInvoice(facts, draft, new Map());
  assert(result.ok, JSON.stringify(result));
  const decided: DecidedInvoice = result.value;
  const { companyCurrency, taxCodes, legalEntity } = facts;
  const of = { id: 'si_1', number: 'SI-1', companyCurrency, taxCodes, legalEntity };
  return { decided, booking: invoiceEntry(decided, of) };
}

/** What an entry posts, by its keys. */
const postings = ({ entry }: ReturnType<ReturnType<typeof openLine>['charge']>) =>
  entry.lines.map(({ posting, amount, companyAmount }) => [posting?.key, amount, companyAmount]);

test('goods of 0.80 charged at 0.90, at their price: the rate alone makes the difference', () => {
  const of = openLine(decimal('2.00'), decimal('0.80'));
  of.receive(50);
  const full = of.charge('invoice', 50, decimal('100.00'), decimal('0.90'));
  expect(postings(full)).toEqual([
    ['grir', '100.00', '80.00'],
    ['grir-exchange-loss', '0', '10.00'],
    ['payable', '-100.00', '-90.00'],
  ]);
  expect(full.entry.lines[1]).not.toHaveProperty('costCentre'); // Who ordered does not decide it.
  const credit = of.charge('credit-note', 20, decimal('40.00'), decimal('0.90'));
  expect(postings(credit)).toEqual([
    ['grir', '-40.00', '-32.00'],
    ['grir-exchange-gain', '0', '-4.00'],
    ['payable', '40.00', '36.00'],
  ]);
});

test('what came at another price than the order has now is known in dollars as it came', () => {
  const of = openLine(decimal('2.00'), decimal('0.80'));
  of.receive(50);
  const repriced = { ...of.line(), unitPrice: decimal('3.00') };
  const order = orderOf(repriced, decimal('0.80'));
  const wish = { kind: 'invoice', quantity: 50, net: decimal('150.00') } as const;
  const { booking } = charged(order, { ...wish, today: decimal('0.90') });
  // 100 dollars came, not 150: 10 € are of the rate, and 50 dollars at 0.90 of the price.
  expect(booking.differences).toEqual([{ price: '45.00', exchange: '10.00' }]);
});

test('a subsequent debit takes no goods: all of it is the price', () => {
  const of = openLine(decimal('2.00'), decimal('0.80'));
  of.receive(50);
  of.charge('invoice', 50, decimal('100.00'), decimal('0.80'));
  const more = of.charge('subsequent-debit', 50, decimal('10.00'), decimal('0.90'));
  expect(more).toMatchObject({ price: '9.00', exchange: '0.00' });
});

test('consignment is agreed in euros: charged in dollars, all that differs is the price', () => {
  const withdrawn: Withdrawn = {
    id: 'wd_1',
    legalEntity: 'DE01',
    document: 'sd_1',
    number: 'SD-1',
    supplier: supplier.id,
    item: 'item_1',
    warehouse: 'wh_1',
    batch: '',
    quantity: decimal('50'),
    unitCost: decimal('1.60'),
    value: decimal('80.00'),
    takenOn: day,
    charged: ZERO,
    chargedValue: ZERO,
    open: decimal('50'),
    openValue: decimal('80.00'),
    isReversed: false,
  };
  const withdrawals = new Map([[withdrawn.id, withdrawn]]);
  const facts = { ...FACTS, withdrawals, rateOf: () => decimal('0.90') };
  const line = { withdrawal: withdrawn.id, quantity: decimal('50'), net: decimal('100.00') };
  const { booking } = booked(facts, 'invoice', line);
  expect(booking.differences).toEqual([{ price: '10.00', exchange: '0' }]);
});

test('goods charged before they come are charged at the rate of that day, and end even', () => {
  const of = openLine(decimal('2.00'), decimal('0.80'));
  const ahead = of.charge('invoice', 50, decimal('105.00'), decimal('0.70'));
  expect(ahead).toMatchObject({ taken: '80.00', takenNet: '100.00' });
  expect(ahead).toMatchObject({ price: '3.50', exchange: '-10.00' });
  of.receive(50);
  const { receivedValue, invoicedValue, receivedNet, invoicedNet } = of.line();
  expect([receivedValue, receivedNet]).toEqual([invoicedValue, invoicedNet]);
});

test('however goods come and are charged: price and rate are the whole, and both currencies end even', () => {
  const step = fc.record({
    does: fc.constantFrom('receive', 'invoice', 'credit-note', 'subsequent-debit'),
    quantity: fc.integer({ min: 1, max: 30 }),
    percent: fc.constantFrom(90, 100, 100, 112),
    today: fc.constantFrom('0.8000', '0.8000', '0.7313', '1.0127'),
  });
  const story = fc.record({
    price: fc.integer({ min: 1, max: 90_000 }),
    steps: fc.array(step, { maxLength: 12 }),
  });
  const isZero = (value: Decimal) => compareDecimals(value, ZERO) === 0;
  const isLaw = (
    charge: ReturnType<ReturnType<typeof openLine>['charge']>,
    { net, today }: { readonly net: Decimal; readonly today: string },
  ) => {
    const { price, exchange, taken, takenNet, entry } = charge;
    const whole = subtractDecimals(times(net, decimal(today)), taken);
    expect(isZero(subtractDecimals(whole, addDecimals(price, exchange)))).toBe(true);
    const isAtItsRate = today === '0.8000';
    const isAtItsPrice = !isAtItsRate && compareDecimals(net, takenNet) === 0;
    expect(isZero(exchange) || !isAtItsRate).toBe(true);
    expect(isZero(price) || !isAtItsPrice).toBe(true);
    expect(isZero(sumDecimals(entry.lines.map(({ amount }) => amount)))).toBe(true);
    const company = entry.lines.map(({ companyAmount }) => companyAmount ?? ZERO);
    expect(isZero(sumDecimals(company))).toBe(true);
  };
  fc.assert(
    fc.property(story, ({ price, steps }) => {
      const of = openLine(cents(price), decimal('0.8000'));
      for (const { does, quantity, percent, today } of steps) {
        const { received, invoiced } = of.line();
        const most = does === 'credit-note' ? Number(invoiced) : 60; // More than the 50 ordered.
        const begun = does === 'receive' ? Number(received) : Number(invoiced);
        const some = does === 'credit-note' ? quantity : Math.min(quantity, most - begun);
        const taken = Math.min(some, most);
        if (taken <= 0) continue;
        if (does === 'receive') of.receive(taken);
        else {
          const net = cents(Math.round((taken * price * percent) / 100));
          isLaw(of.charge(does, taken, net, decimal(today)), { net, today });
        }
      }
      const missing = Number(of.line().invoiced) - Number(of.line().received);
      if (missing > 0) of.receive(missing);
      if (missing < 0) {
        const net = cents(-missing * price);
        isLaw(of.charge('invoice', -missing, net, decimal('0.9000')), { net, today: '0.9000' });
      }
      const { received, invoiced, receivedValue, invoicedValue, receivedNet, invoicedNet } =
        of.line();
      expect(compareDecimals(received, invoiced)).toBe(0);
      expect(Math.abs(Number(receivedValue) - Number(invoicedValue))).toBeLessThan(0.1);
      expect(Math.abs(Number(receivedNet) - Number(invoicedNet))).toBeLessThan(0.1);
    }),
  );
});
