import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { adjustStock, listMovements, reverseDocuments, scrapStock } from '#erp/inventory';
import type { BookedDocument } from '#erp/inventory';
import { convert, itemFacts } from '#erp/items';
import { negateDecimal } from '#kernel/decimal';
import { bookingOf, changeOf, dayOf, no, only } from './booking.ts';
import type { BookedAs } from './booking.ts';

/** Stock that is more or less than the books say, or thrown away, with its journal entry. */
export const postMovement = bookingOf('stock-movement', async (desk, content) => {
  const { tx, context, entity } = desk;
  const { kind, quantity, unitCost } = content;
  if ((kind !== 'adjustment' && kind !== 'scrap') || content.status !== 'posted') {
    return no('gate.not-offered', 'only adjustments and scrap come from outside', 'kind');
  }
  if (unitCost !== undefined && unitCost.currency !== entity.currency) {
    return no('gate.currency-differs', `stock is valued in ${entity.currency}`, 'unitCost');
  }
  const item = (await itemFacts(tx, [content.item])).get(content.item);
  const base =
    item === undefined ? accept(quantity.value) : convert(item, quantity.value, quantity.unit);
  if (!base.ok) return base;
  const { location, batch, serials, reason } = content;
  const place = { item: content.item, warehouse: content.warehouse, location, batch, reason };
  const line = { ...place, ...(serials === undefined ? {} : { serials }) };
  const document = {
    postedOn: content.postedOn ?? content.movedOn,
    text: reason ?? content.number,
  };
  const booked =
    kind === 'scrap'
      ? await scrapStock(tx, context, [
          { ...document, lines: [{ ...line, quantity: negateDecimal(base.value) }] },
        ])
      : await adjustStock(tx, context, [
          { ...document, lines: [{ ...line, quantity: base.value, unitCost: unitCost?.amount }] },
        ]);
  return bookedAs(only(booked));
});

/** Takes back what inventory booked by itself. */
export const reverseMovement = changeOf(async (desk, target) => {
  const { tx, context, entity } = desk;
  const wish = { legalEntity: entity.code, ids: [target.key], limit: 1 };
  const [movement] = await listMovements(tx, wish);
  if (movement?.source.area !== 'inventory') {
    const message = 'what a document booked is taken back by that document';
    return no('gate.not-offered', message, 'target');
  }
  const reversal = {
    id: movement.source.id,
    postedOn: dayOf(desk, 'postedOn', 'movedOn'),
    text: desk.wish.reference,
  };
  return bookedAs(only(await reverseDocuments(tx, context, [reversal])));
});

function bookedAs(booked: Result<BookedDocument>): Result<BookedAs> {
  if (!booked.ok) return booked;
  const { id, number, moved } = booked.value;
  return accept({ key: moved[0]?.id ?? id, number, status: 'posted' });
}
