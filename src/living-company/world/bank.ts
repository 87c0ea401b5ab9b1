import { isoWeekday, partsOf } from '#kernel/time';
import { newKey } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Intent } from './intent.ts';
import { inCurrency } from './plan.ts';
import { neededAbroad } from './treasury.ts';

/** A payment that the bank will tell of: its key, who is on the other side, and what documents it is about. */
export type Told = {
  readonly key: string;
  readonly who: string;
  readonly about?: readonly string[];
};

/** Money that came in without saying for what. */
export type Stray = { readonly key: string; readonly customer: string; readonly invoice: string };

/** Money that a supplier sends back: it was paid to him twice. */
export type SentBack = { readonly supplier: string; readonly advance: string };

/** What the bank has not told yet. */
export type Untold = {
  readonly strays: Stray[];
  readonly sentBack: SentBack[];
  readonly out: Told[];
};

const FEE_CENTS = 2_900; // A month.

/** On working days, when all else is done, the bank tells what came in; what goes out, a day later. */
export function tellBank(branch: Branch, today: Today): void {
  const { untold } = branch;
  const [, month] = partsOf(today.on);
  const names = today.intents.flatMap((intent) => namedIn(branch, intent));
  const out = names.filter(({ isOut }) => isOut);
  if (isoWeekday(today.on) <= 5) {
    const isFirst = branch.feeIn.month !== month;
    branch.feeIn.month = month;
    today.intents.push({
      kind: 'bank-statement',
      key: newKey(branch, 'bs'),
      on: today.on,
      told: [...names.filter(({ isOut }) => !isOut), ...untold.out].map(
        ({ key, who, about }): Told => ({ key, who, ...(about === undefined ? {} : { about }) }),
      ),
      strays: untold.strays.splice(0),
      sentBack: untold.sentBack.splice(0),
      ...(isFirst
        ? {
            fee: inCurrency(FEE_CENTS, branch.trade.entity.currency),
            needed: neededAbroad(branch, today),
          }
        : {}),
    });
    untold.out.splice(0);
  }
  untold.out.push(...out);
}

function namedIn(branch: Branch, intent: Intent): readonly (Told & { readonly isOut: boolean })[] {
  const { key, kind } = intent;
  if (kind === 'customer-payment' || kind === 'refund') {
    const who = branch.customers.get(intent.customer)?.name ?? intent.customer;
    return kind === 'refund'
      ? [{ key, who, about: [intent.creditNote], isOut: true }]
      : [{ key, who, about: intent.invoices, isOut: false }];
  }
  const nameOf = (supplier: string): string => branch.suppliers.get(supplier)?.name ?? supplier;
  if (kind === 'payment-run') {
    return intent.payments.map((paid) => ({
      key: paid.key,
      who: nameOf(paid.supplier),
      isOut: true,
    }));
  }
  if (kind !== 'supplier-payment' && kind !== 'supplier-advance') return [];
  return [{ key, who: nameOf(intent.supplier), isOut: true }];
}
