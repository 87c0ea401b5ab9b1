import { addDays, isoWeekday } from '#kernel/time';
import { drawOf, newKey, schedule, takesTrick, workday } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Intent } from './intent.ts';

/** Thursday: then suppliers are paid. */
export const RUN_DAY = 4;

const RUN_DAYS = 7; // From one run to the next.
const NOTICED_PER_MILLE = 850; // Of what is paid twice; the rest stays open with the supplier.
const [BACK_AFTER_DAYS, BACK_WITHIN_DAYS] = [28, 63]; // Twenty to forty-five of them are worked.

/**
 * On Thursdays what is due before the next run is paid, or earns a discount that would be lost by
 * then: by a payment run, and who wants foreign money one by one.
 */
export function paySuppliers(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) !== RUN_DAY) return;
  const { on } = today;
  const isDue = ({ byIndex }: Branch['toPay'][number]): boolean => byIndex < today.index + RUN_DAYS;
  const due = Map.groupBy(branch.toPay.filter(isDue), (each) => each.supplier);
  branch.toPay.splice(0, branch.toPay.length, ...branch.toPay.filter((each) => !isDue(each)));
  const run = newKey(branch, 'pr');
  const paid: Extract<Intent, { kind: 'payment-run' }>['payments'][number][] = [];
  for (const [supplier, items] of due) {
    const key = newKey(branch, 'sp');
    const isOwn = branch.suppliers.get(supplier)?.currency === branch.trade.entity.currency;
    if (isOwn) paid.push({ key, supplier });
    else {
      const invoices = items.map(({ invoice }) => invoice);
      today.intents.push({ kind: 'supplier-payment', key, on, supplier, invoices });
    }
    if (takesTrick(branch, 'duplicate-payment')) payAgain(branch, today, supplier, key);
  }
  if (paid.length === 0) return;
  const nextRunOn = addDays(on, RUN_DAYS);
  today.intents.push({ kind: 'payment-run', key: run, on, nextRunOn, payments: paid });
}

/** Most of what is paid again is noticed after weeks: the supplier sends it back. */
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
    const draw = drawOf(branch, then.index, `paid twice ${supplier}`);
    if (!draw.happens(NOTICED_PER_MILLE)) return;
    const back = workday(then, draw.between(BACK_AFTER_DAYS, BACK_WITHIN_DAYS));
    schedule(branch, back, 'collect', () =>
      branch.untold.sentBack.push({ supplier, advance: key }),
    );
  });
}
