import { addPrices, createPriceLists, itemsByNumber, listPriceLists } from '#erp/items';
import { partiesByNumber } from '#erp/parties';
import { decimal, trimDecimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { fieldsFrom } from '../field.ts';
import { bookedBefore, fingerprintOf, noteBooked } from '../booked-lines.ts';
import type { BookedLine } from '../booked-lines.ts';
import { CREATED, refused, refusedBy } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import type { Row } from '../row.ts';

const FIELDS = fieldsFrom(`
priceList*  | text 40  | Price list, List                | Preisliste
listName    | text     | Price list name                 | Name der Preisliste
customer    | text 40  | Customer number, Customer       | Kundennummer, Kunde
segment     | text 50  | Segment, Customer group         | Segment, Kundengruppe
item*       | text 40  | Item number, Item, SKU          | Artikelnummer, Artikel
minQuantity | decimal  | From quantity, Minimum quantity | Ab Menge, Staffelmenge
price*      | decimal  | Price                           | Preis
priceBase   | decimal  | Price for, Price base           | Preis je, Preiseinheit
currency    | currency | Currency                        | Währung
validFrom*  | day      | Valid from, From                | Gültig ab, Von
validTo     | day      | Valid to, To                    | Gültig bis, Bis
`);

const ZERO = decimal('0');

/** Prices of lists, from a quantity and a day on. Lists that are not there are made. */
export const priceKind: ImportKind = {
  fields: FIELDS,
  asksOpeningDay: false,
  isWhole: false,
  keyOf: (row) =>
    [
      row.text('priceList'),
      row.text('item'),
      trimDecimal(row.decimal('minQuantity') ?? ZERO),
      row.day('validFrom'),
    ].join(' '),
  open: (desk) => Promise.resolve(bookerOf(desk)),
};

const bookerOf =
  (desk: Desk): Booker =>
  async (rows) => {
    const { tx, context } = desk;
    const lines = rows.map((row) => ({ key: priceKind.keyOf(row), fingerprint: printOf(row) }));
    const before = await bookedBefore(tx, desk, 'prices', lines);
    const outcomes: Outcome[] = [];
    const open = [...rows.entries()].flatMap(([at, row]) => {
      const outcome = before.get(lines[at]?.key ?? '');
      if (outcome === undefined) return [{ at, row }];
      outcomes[at] = outcome;
      return [];
    });
    const lists = await listsFor(
      desk,
      open.map(({ row }) => row),
    );
    const items = await itemsByNumber(
      tx,
      context.legalEntity,
      open.map(({ row }) => row.text('item') ?? ''),
    );
    const drafts = open.flatMap(({ at, row }) => {
      const list = lists.get(row.text('priceList') ?? '');
      const item = items.get(row.text('item') ?? '');
      const [price, validFrom] = [row.decimal('price'), row.day('validFrom')];
      if (item === undefined) {
        outcomes[at] = refused('imports.unknown-item', `no item ${row.text('item')}`, 'item');
      } else if (typeof list !== 'string') outcomes[at] = list ?? CREATED;
      else if (price !== undefined && validFrom !== undefined) {
        const [minQuantity, priceBase] = [row.decimal('minQuantity'), row.decimal('priceBase')];
        const validTo = row.day('validTo');
        const draft = { priceList: list, item: item.id, price, validFrom, minQuantity, priceBase };
        return [{ at, draft: { ...draft, validTo } }];
      }
      return [];
    });
    const made = await addPrices(
      tx,
      context,
      drafts.map(({ draft }) => draft),
    );
    const booked: BookedLine[] = [];
    for (const [place, { at }] of drafts.entries()) {
      const [result, line] = [made[place], lines[at]];
      if (result === undefined || line === undefined) continue;
      outcomes[at] = result.ok ? CREATED : refusedBy(result.problem);
      if (result.ok) booked.push({ ...line, target: result.value.id });
    }
    await noteBooked(desk, 'prices', booked);
    return outcomes;
  };

const printOf = (row: Row): string =>
  fingerprintOf({
    price: trimDecimal(row.decimal('price') ?? ZERO),
    base: row.decimal('priceBase'),
    to: row.day('validTo'),
  });

/** The lists that lines name, by code: their ids, or why one cannot be made. */
async function listsFor(
  desk: Desk,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string | Outcome>> {
  const { tx, context, companyCurrency } = desk;
  const { legalEntity } = context;
  const known = await listPriceLists(tx, legalEntity);
  const lists = new Map<string, string | Outcome>(known.map(({ code, id }) => [code, id]));
  const wanted = [...Map.groupBy(rows, (row) => row.text('priceList') ?? '')].flatMap(
    ([code, own]) => {
      const [first] = own;
      return first === undefined || lists.has(code) ? [] : [{ code, own, first }];
    },
  );
  const numbers = wanted.flatMap(({ first }) => first.text('customer') ?? []);
  const customers = await partiesByNumber(tx, { legalEntity, role: 'customer', numbers });
  const drafts = wanted.map(({ code, own, first }) => ({
    code,
    name: first.text('listName') ?? code,
    currency: first.text('currency') ?? companyCurrency,
    customer: customers.get(first.text('customer') ?? '')?.id,
    segment: first.text('segment'),
    validFrom: earliest(own.flatMap((row) => row.day('validFrom') ?? [])) ?? desk.openingOn,
  }));
  for (const { code, first } of wanted) {
    const number = first.text('customer');
    if (number === undefined || customers.has(number)) continue;
    lists.set(code, refused('imports.unknown-party', `no customer ${number}`, 'customer'));
  }
  const sound = drafts.filter(({ code }) => !lists.has(code));
  for (const [at, result] of (await createPriceLists(tx, context, sound)).entries()) {
    lists.set(sound[at]?.code ?? '', result.ok ? result.value.id : refusedBy(result.problem));
  }
  return lists;
}

const earliest = (days: readonly LocalDate[]): LocalDate | undefined => days.toSorted()[0];
