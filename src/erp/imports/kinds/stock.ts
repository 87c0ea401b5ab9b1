import { entryText } from '#erp/ledger';
import { currencyScale } from '#kernel';
import { units } from '#erp/company/setup';
import { listWarehouses } from '#erp/inventory';
import { openStock } from '#erp/inventory/opening';
import { convert, itemsByNumber } from '#erp/items';
import { multiplyDecimals, roundDecimal, trimDecimal } from '#kernel/decimal';
import { bookedBefore, fingerprintOf, noteBooked } from '../booked-lines.ts';
import type { BookedLine } from '../booked-lines.ts';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused, refusedBy } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import type { Row } from '../row.ts';
import { unitReader } from '../read-unit.ts';

const FIELDS = fieldsFrom(`
item*     | text 40 | Item number, Item, SKU         | Artikelnummer, Artikel, Materialnummer
warehouse*| text 20 | Warehouse, Warehouse code      | Lager, Lagernummer
location  | text 40 | Location, Bin                  | Lagerplatz, Platz
batch     | text 40 | Batch, Lot                     | Charge
expiresOn | day     | Expires on, Best before        | Verfällt am, MHD
serials   | text 4000 | Serial numbers, Serials      | Seriennummern
status    | choice free=frei,unrestricted quality=prüfung,qualitätsprüfung blocked=gesperrt | Status | Bestandsart, Zustand
quantity* | decimal | Quantity, On hand              | Menge, Bestand
unit      | text 20 | Unit, UoM                      | Einheit, ME
unitCost  | decimal | Unit cost, Cost                | Stückkosten, Einstandspreis, Stückpreis
value     | decimal | Value, Stock value             | Wert, Lagerwert, Bestandswert
`);

type Draft = Parameters<typeof openStock>[2][number];
type Line = Draft['lines'][number];
type Asked = { readonly at: number; readonly line: Line };

/** What is on hand on the opening day, with what all of it is worth in company currency. */
export const stockKind: ImportKind = {
  fields: FIELDS,
  asksOpeningDay: true,
  isWhole: false,
  keyOf: (row) =>
    ['item', 'warehouse', 'location', 'batch', 'status']
      .map((field) => row.text(field) ?? (field === 'status' ? 'free' : ''))
      .join(' ')
      .replaceAll(/ +/g, ' '),
  open: openDesk,
};

async function openDesk(desk: Desk): Promise<Booker> {
  const { tx, context } = desk;
  const own = await listWarehouses(tx, context.legalEntity);
  const warehouses = new Map(own.map(({ code, id }) => [code, id]));
  const unitOf = unitReader(await units(tx));
  return async (rows) => {
    const outcomes: Outcome[] = [];
    const numbers = rows.map((row) => row.text('item') ?? '');
    const items = await itemsByNumber(tx, context.legalEntity, numbers);
    const lines = rows.map((row) => ({
      key: stockKind.keyOf(row),
      fingerprint: printOf(row, desk),
    }));
    const before = await bookedBefore(tx, desk, 'stock', lines);
    const asked = [...rows.entries()].flatMap(([at, row]): Asked[] => {
      const outcome = before.get(lines[at]?.key ?? '');
      const line = outcome ?? lineOf(row, { items, warehouses, unitOf, desk });
      if (!('did' in line)) return [{ at, line }];
      outcomes[at] = line;
      return [];
    });
    const booked: BookedLine[] = [];
    for (const [at, { outcome, document }] of await bookAll(desk, asked)) {
      outcomes[at] = outcome;
      const line = lines[at];
      if (document !== undefined && line !== undefined) booked.push({ ...line, target: document });
    }
    await noteBooked(desk, 'stock', booked);
    return outcomes;
  };
}

type Booked = { readonly outcome: Outcome; readonly document?: string };

/** Books all lines as one document; where one is refused, each by itself, to tell which. */
async function bookAll(
  { tx, context, openingOn }: Desk,
  asked: readonly Asked[],
): Promise<readonly (readonly [number, Booked])[]> {
  if (asked.length === 0) return [];
  const draftOf = (lines: readonly Line[]): Draft => ({
    postedOn: openingOn,
    text: entryText('opening-stock', {}),
    lines,
  });
  const [whole] = await openStock(tx, context, [draftOf(asked.map(({ line }) => line))]);
  if (whole?.ok === true) {
    return asked.map(({ at }) => [at, { outcome: CREATED, document: whole.value.id }] as const);
  }
  const single = await openStock(
    tx,
    context,
    asked.map(({ line }) => draftOf([line])),
  );
  return asked.flatMap(({ at }, place) => {
    const result = single[place];
    if (result === undefined) return [];
    return [
      [
        at,
        result.ok
          ? { outcome: CREATED, document: result.value.id }
          : { outcome: refusedBy(result.problem) },
      ] as const,
    ];
  });
}

function lineOf(
  row: Row,
  {
    items,
    warehouses,
    unitOf,
    desk,
  }: {
    readonly items: Awaited<ReturnType<typeof itemsByNumber>>;
    readonly warehouses: ReadonlyMap<string, string>;
    readonly unitOf: ReturnType<typeof unitReader>;
    readonly desk: Desk;
  },
): Line | Outcome {
  const item = items.get(row.text('item') ?? '');
  const warehouse = warehouses.get(row.text('warehouse') ?? '');
  const [quantity, status] = [row.decimal('quantity'), row.text('status')];
  if (item === undefined) {
    return refused('imports.unknown-item', `there is no item ${row.text('item')}`, 'item');
  }
  if (warehouse === undefined) {
    const message = `there is no warehouse ${row.text('warehouse')}`;
    return refused('imports.unknown-warehouse', message, 'warehouse');
  }
  const said = row.text('unit');
  const unit = said === undefined ? item.baseUnit : unitOf(said);
  if (unit === undefined) return refused('imports.unknown-unit', `'${said}' is no unit`, 'unit');
  if (quantity === undefined) return refused('imports.value-missing', 'no quantity', 'quantity');
  const base = convert(item, quantity, unit);
  if (!base.ok) return refusedBy(base.problem);
  const unitCost = row.decimal('unitCost');
  const value =
    row.decimal('value') ??
    (unitCost === undefined
      ? undefined
      : roundDecimal(multiplyDecimals(unitCost, quantity), currencyScale(desk.companyCurrency)));
  if (value === undefined) {
    return refused('imports.value-missing', 'a line says the value, or the unit cost', 'value');
  }
  return {
    item: item.id,
    warehouse,
    location: row.text('location'),
    batch: row.text('batch'),
    expiresOn: row.day('expiresOn'),
    status: status === 'quality' || status === 'blocked' ? status : 'free',
    quantity: base.value,
    value,
    ...(row.text('serials') === undefined
      ? {}
      : { serials: (row.text('serials') ?? '').split(/[\s;,]+/).filter(Boolean) }),
  };
}

function printOf(row: Row, { openingOn }: Desk): string {
  const number = (field: string): string | undefined => {
    const value = row.decimal(field);
    return value === undefined ? undefined : trimDecimal(value);
  };
  return fingerprintOf({
    on: openingOn,
    quantity: number('quantity'),
    unit: row.text('unit'),
    unitCost: number('unitCost'),
    value: number('value'),
    serials: row.text('serials'),
  });
}
