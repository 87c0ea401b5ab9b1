import { itemsOfDocuments, lockOpenItems } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { counterItems } from '#erp/open-items/settling';
import { assert } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import { linesBookedBy } from '../booked-lines.ts';
import type { StandingLine } from '../booked-lines.ts';
import { returned } from '../taking-back.ts';
import type { HeldLine, Returner } from '../taking-back.ts';
import { reverseAll } from './entries.ts';

const ZERO = decimal('0');

/**
 * Takes open items back: their entries are reversed, and each is cleared by one of the other
 * direction. One that anything was settled of is held.
 */
export const returnOpenItems: Returner = async (desk) => {
  const { tx, context, of, on } = desk;
  const lines = await linesBookedBy(tx, of.id);
  const found = await itemsOfDocuments(
    tx,
    lines.map(({ target }) => target),
  );
  const locked = await lockOpenItems(
    tx,
    [...found.values()].flatMap((own) => own.slice(0, 1).map(({ id }) => id)),
  );
  const items = lines.map((line) => {
    const item = locked.get(found.get(line.target)?.[0]?.id ?? '');
    assert(item?.entryId !== undefined, 'an opening item that was booked is there');
    return { ...item, entryId: item.entryId };
  });
  const held = items.flatMap((item, at) => heldBack(item, lines[at]));
  if (held.length > 0) return returned(lines.length - held.length, { held });
  const reversed = await reverseAll(desk, [...new Set(items.map(({ entryId }) => entryId))]);
  if ('code' in reversed) return returned(lines.length, { problem: reversed });
  const { documents, by } = reversed;
  const cleared = await counterItems(
    tx,
    context,
    items.map((item) => {
      const { amount, companyAmount, entryId } = item;
      return { item, amount, companyAmount, on, entryId: by.get(entryId) ?? '' };
    }),
  );
  const refused = cleared.find((each) => !each.ok);
  return refused?.ok === false
    ? returned(lines.length, { problem: refused.problem })
    : returned(lines.length, { documents });
};

function heldBack(
  { amount, cleared, currency }: OpenItem,
  line: StandingLine | undefined,
): readonly HeldLine[] {
  if (line === undefined || compareDecimals(cleared, ZERO) === 0) return [];
  const message = `${cleared} of ${amount} ${currency} is settled: take back what settled it first`;
  return [{ line: line.line, key: line.key, code: 'imports.settled', message }];
}
