import { addDays, isoWeekday } from '#kernel/time';
import { newKey, schedule, takesTrick, workday } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Supplier } from './catalogue.ts';
import type { BilledLine } from './intent.ts';
import { DUE_DAYS } from './plan.ts';

/** What a supplier delivered, and what he asks for it. */
type Charge = {
  readonly order: string;
  readonly isOutside?: boolean; // The order is for a service on what we make.
  readonly supplier: Supplier;
  readonly receipt: string;
  readonly charged: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly unitPrice: number;
  }[];
};

const RUN_DAY = 4; // Thursday: then suppliers are paid.

/** Suppliers charge what they have delivered; now and then wrongly. */
export function bill(branch: Branch, today: Today, charge: Charge): void {
  schedule(branch, workday(today, today.draw.between(1, 6)), 'bill', (then) => {
    const { order, supplier } = charge;
    const isDear = takesTrick(branch, 'invoice-price-above-order');
    const isMuch = !isDear && takesTrick(branch, 'invoice-quantity-above-receipt');
    const lines = charge.charged.map(
      (line, at): BilledLine => ({
        ...line,
        order,
        unitPrice: isDear ? Math.ceil(line.unitPrice * 1.18) : line.unitPrice,
        quantity: isMuch && at === 0 ? line.quantity + Math.ceil(line.quantity / 5) : line.quantity,
      }),
    );
    const key = invoice(branch, then, { supplier, lines });
    if (isDear || isMuch) {
      tellWrong(then, { key, supplier, order, isOutside: charge.isOutside ?? false, isDear });
      schedule(branch, workday(then, 9), 'bill', (later) =>
        later.intents.push({
          kind: 'free-invoice',
          key: newKey(branch, 'fi'),
          on: later.on,
          invoice: key,
        }),
      );
    }
    if (!isDear && !isMuch && takesTrick(branch, 'duplicate-invoice')) {
      sendAgain(branch, then, { first: key, charge });
    }
  });
}

/** Writes a supplier's invoice, and notes when it is to be paid. */
export function invoice(
  branch: Branch,
  today: Today,
  of: {
    readonly supplier: Supplier;
    readonly lines: readonly BilledLine[];
    readonly supplierNumber?: string;
  },
): string {
  const { supplier, lines } = of;
  const key = newKey(branch, 'si');
  const issuedOn = addDays(today.on, -today.draw.between(0, 2));
  const supplierNumber = of.supplierNumber ?? numberOf(key);
  const { on } = today;
  today.intents.push({
    kind: 'supplier-invoice',
    key,
    on,
    supplier: supplier.number,
    supplierNumber,
    issuedOn,
    lines,
  });
  const days = supplier.terms.startsWith('2-10') ? 9 : (DUE_DAYS[supplier.terms] ?? 30);
  branch.toPay.push({
    byIndex: today.index + Math.max(days, 9),
    supplier: supplier.number,
    invoice: key,
  });
  return key;
}

/** How suppliers number: from the key, so that it is the same whenever the company is made. */
const numberOf = (key: string): string => `RE-${key.slice(2).padStart(6, '0')}`;

function tellWrong(
  today: Today,
  of: {
    readonly key: string;
    readonly supplier: Supplier;
    readonly order: string;
    readonly isOutside: boolean;
    readonly isDear: boolean;
  },
): void {
  today.labels.push({
    kind: of.isDear ? 'invoice-price-above-order' : 'invoice-quantity-above-receipt',
    from: today.on,
    to: today.on,
    why: of.isDear
      ? 'the supplier charges 18 % more than was ordered at'
      : 'the supplier charges a fifth more pieces than have come',
    documents: [
      { kind: 'supplier-invoice', key: of.key },
      { kind: of.isOutside ? 'outside-order' : 'purchase-order', key: of.order },
    ],
    parties: [of.supplier.number],
  });
}

/** The same invoice comes again under a number with a slip in it, and is booked as an expense. */
function sendAgain(
  branch: Branch,
  today: Today,
  { first, charge }: { readonly first: string; readonly charge: Charge },
): void {
  schedule(branch, workday(today, today.draw.between(4, 20)), 'bill', (then) => {
    const net = charge.charged.reduce((sum, each) => sum + each.quantity * each.unitPrice, 0);
    const key = invoice(branch, then, {
      supplier: charge.supplier,
      supplierNumber: `${numberOf(first)}-1`,
      lines: [{ text: 'as delivered', account: '6390', net }],
    });
    then.labels.push({
      kind: 'duplicate-invoice',
      from: today.on,
      to: then.on,
      why: 'the same invoice came twice: same supplier, same net, nearly the same number',
      documents: [
        { kind: 'supplier-invoice', key: first },
        { kind: 'supplier-invoice', key },
      ],
      parties: [charge.supplier.number],
    });
  });
}

/** On Thursdays what is due before the next run is paid, one payment a supplier. */
export function paySuppliers(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) !== RUN_DAY) return;
  const isDue = ({ byIndex }: { readonly byIndex: number }): boolean => byIndex < today.index + 7;
  const due = branch.toPay.filter(isDue);
  branch.toPay.splice(0, branch.toPay.length, ...branch.toPay.filter((each) => !isDue(each)));
  for (const [supplier, items] of Map.groupBy(due, (each) => each.supplier)) {
    const key = newKey(branch, 'sp');
    const invoices = items.map((each) => each.invoice);
    today.intents.push({ kind: 'supplier-payment', key, on: today.on, supplier, invoices });
    if (takesTrick(branch, 'duplicate-payment')) payAgain(branch, today, supplier, key);
  }
}

function payAgain(branch: Branch, today: Today, supplier: string, first: string): void {
  schedule(branch, workday(today, 5), 'bill', (then) => {
    const key = newKey(branch, 'sp');
    then.intents.push({ kind: 'supplier-advance', key, on: then.on, supplier, like: first });
    then.labels.push({
      kind: 'duplicate-payment',
      from: today.on,
      to: then.on,
      why: 'the same amount was paid to the same supplier again within days',
      documents: [
        { kind: 'supplier-payment', key: first },
        { kind: 'supplier-advance', key },
      ],
      parties: [supplier],
    });
  });
}
