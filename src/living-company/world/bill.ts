import { addDays, isoWeekday } from '#kernel/time';
import { newKey, schedule, takesTrick, workday } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Supplier } from './catalogue.ts';
import type { BilledLine } from './intent.ts';
import { RUN_DAY } from './pay.ts';
import { DISCOUNT_DAYS, DUE_DAYS } from './plan.ts';

/** What a supplier delivered, and what he asks for it. */
type Charge = {
  readonly order: string;
  readonly isOutside?: boolean; // The order is for a service on what we make.
  readonly isPart?: boolean; // More of the order is to come.
  readonly supplier: Supplier;
  readonly receipt: string;
  readonly charged: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly unitPrice: number;
  }[];
};

const LOOKED_AT_DAYS = 9; // Until somebody has looked at what deviates.

/** Suppliers charge what they have delivered; now and then wrongly. */
export function bill(branch: Branch, today: Today, charge: Charge): void {
  schedule(branch, workday(today, today.draw.between(1, 6)), 'bill', (then) => {
    const { order, supplier, isPart = false } = charge;
    const isDear = takesTrick(branch, 'invoice-price-above-order');
    const isMuch = !isDear && !isPart && takesTrick(branch, 'invoice-quantity-above-receipt');
    const lines = charge.charged.map(
      (line, at): BilledLine => ({
        ...line,
        order,
        unitPrice: isDear ? Math.ceil(line.unitPrice * 1.18) : line.unitPrice,
        quantity: isMuch && at === 0 ? line.quantity + Math.ceil(line.quantity / 5) : line.quantity,
      }),
    );
    const { key, byIndex } = invoice(branch, then, { supplier, lines });
    if (isDear || isMuch) {
      tellWrong(then, { key, supplier, order, isOutside: charge.isOutside ?? false, isDear });
      schedule(branch, lookedAt(then, byIndex), 'bill', (later) =>
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
): { readonly key: string; readonly byIndex: number } {
  const { supplier, lines } = of;
  const key = newKey(branch, 'si');
  const daysAgo = today.draw.between(0, 2);
  const issuedOn = addDays(today.on, -daysAgo);
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
  const days = supplier.terms.startsWith('2-10') ? DISCOUNT_DAYS : (DUE_DAYS[supplier.terms] ?? 30);
  const byIndex = today.index - daysAgo + days;
  branch.toPay.push({ byIndex, supplier: supplier.number, invoice: key });
  return { key, byIndex };
}

/** Somebody has looked at what deviates after some days, and before it is to be paid. */
function lookedAt(today: Today, byIndex: number): number {
  const run = byIndex - ((isoWeekday(addDays(today.on, byIndex - today.index)) + 7 - RUN_DAY) % 7);
  return Math.min(workday(today, LOOKED_AT_DAYS), run - 1);
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
    const { key } = invoice(branch, then, {
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
