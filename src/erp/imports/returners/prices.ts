import { withdrawPrices } from '#erp/items/changing-prices';
import { linesBookedBy } from '../booked-lines.ts';
import { returned } from '../taking-back.ts';
import type { Returner } from '../taking-back.ts';

/** Takes prices back: they are withdrawn. Lists that were made for them stay, and orders keep theirs. */
export const returnPrices: Returner = async ({ tx, context, of }) => {
  const lines = await linesBookedBy(tx, of.id);
  const withdrawn = await withdrawPrices(
    tx,
    context,
    lines.map(({ target }) => target),
  );
  const refused = withdrawn.find((each) => !each.ok);
  return refused?.ok === false
    ? returned(lines.length, { problem: refused.problem })
    : returned(lines.length);
};
