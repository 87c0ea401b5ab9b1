import { addDays } from '#kernel/time';
import { newKey, schedule, workday } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import type { Supplier } from './catalogue.ts';
import type { WantedLine } from './intent.ts';
import { PLANNERS } from './names.ts';

/** What a shelf lacks, and what its supplier asks for it. */
export type Need = { readonly shelf: Shelf; readonly quantity: number; readonly unitPrice: number };
/** What is to be ordered. */
export type Asked = {
  readonly supplier: Supplier;
  readonly needs: readonly Need[];
  readonly requester: string;
  readonly requisition?: string; // Its key.
};

/** A need as a line of a document. */
export const wanted = ({ shelf, quantity, unitPrice }: Need): WantedLine => ({
  item: shelf.item.number,
  warehouse: shelf.warehouse,
  quantity,
  unitPrice,
});

const DECLINED_PER_MILLE = 100;
const DECLINED = ['there is enough', 'not in the budget', 'is no longer sold'];

/**
 * Somebody asks for goods; another agrees, and they are ordered after some days. Some ask for more
 * than is wanted: that is declined, and what is needed is ordered at once.
 */
export function request(
  branch: Branch,
  today: Today,
  asked: Asked,
  place: (branch: Branch, today: Today, asked: Asked) => unknown,
): void {
  const { draw, on } = today;
  const { supplier, needs } = asked;
  const key = newKey(branch, 'rq');
  const isDeclined = draw.happens(DECLINED_PER_MILLE);
  const lines = needs.map((need) =>
    wanted(isDeclined ? { ...need, quantity: need.quantity * 4 } : need),
  );
  today.intents.push({
    kind: 'requisition',
    key,
    on,
    supplier: supplier.number,
    requester: draw.pick(PLANNERS),
    neededOn: addDays(on, supplier.leadDays + 7),
    ...(isDeclined ? { refusedBecause: draw.pick(DECLINED) } : {}),
    lines,
  });
  if (isDeclined) {
    place(branch, today, asked);
    return;
  }
  for (const { shelf, quantity } of needs) shelf.onOrder += quantity; // Nobody asks again.
  schedule(branch, workday(today, draw.between(1, 3)), 'office', (then) => {
    for (const { shelf, quantity } of needs) shelf.onOrder -= quantity;
    place(branch, then, { ...asked, requisition: key });
  });
}
