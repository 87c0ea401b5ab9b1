import { units } from '#erp/company/setup';
import { forgetPieces } from '#erp/inventory/pieces';
import {
  createItemGroups,
  createItems,
  itemsByNumber,
  listItemGroups,
  updateItems,
} from '#erp/items';
import type { Item, ItemChange, ItemDraft, ItemKind } from '#erp/items';
import { decimal } from '#kernel/decimal';
import { differing } from '../differing.ts';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused, refusedBy, UNCHANGED } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import { retiredRecords } from '../retired-records.ts';
import type { Row } from '../row.ts';
import { unitReader } from '../read-unit.ts';
import type { UnitReader } from '../read-unit.ts';

const FIELDS = fieldsFrom(`
number*          | text 40  | Item number, Number, Item no, SKU, Item | Artikelnummer, Nummer, Artikel-Nr, Materialnummer, Artikel
name*            | text     | Name, Description, Item name        | Bezeichnung, Name, Artikelbezeichnung
kind             | choice stock=merchandise,handelsware,ware service=dienstleistung subassembly=baugruppe,halbfabrikat raw=rohstoff,rohmaterial finished=product,fertigware,fertigerzeugnis tool=werkzeug | Kind, Type, Item type | Art, Artikelart
baseUnit*        | text 20  | Base unit, Unit, UoM                | Basiseinheit, Einheit, Mengeneinheit, ME
otherUnit        | text 20  | Other unit, Second unit             | Andere Einheit, Zweite Einheit
otherUnitHolds   | decimal  | Other unit holds, Factor            | Andere Einheit enthält, Faktor, Umrechnung
itemGroup        | text 40  | Item group, Group                   | Artikelgruppe, Warengruppe
itemGroupName    | text     | Item group name, Group name         | Name der Artikelgruppe, Warengruppe Text
costing          | choice moving-average=average,durchschnitt,gleitender-durchschnitt,gld fifo= standard=standardpreis | Costing, Valuation | Bewertung
standardCost     | decimal  | Standard cost                       | Standardkosten, Standardpreis
listPrice        | decimal  | List price, Price, Sales price      | Listenpreis, Preis, Verkaufspreis, VK
listCurrency     | currency | Currency, Price currency            | Währung
taxCode          | text 20  | Tax code                            | Steuercode, Steuerkennzeichen
gtin             | text 14  | GTIN, EAN, Barcode                  | EAN-Code
batchManaged     | flag     | Batches, Batch managed              | Chargenpflichtig, Chargen
serialManaged    | flag     | Serial numbers, Serial managed      | Seriennummernpflichtig, Seriennummern
shelfLifeDays    | count    | Shelf life days                     | Haltbarkeit Tage
leadTimeDays     | count    | Lead time days, Lead time           | Wiederbeschaffungszeit Tage, Lieferzeit
safetyStock      | decimal  | Safety stock                        | Sicherheitsbestand
reorderPoint     | decimal  | Reorder point                       | Meldebestand
minOrderQuantity | decimal  | Minimum order quantity, MOQ         | Mindestbestellmenge
status           | choice active=aktiv inactive=inaktiv,gesperrt | Status | Zustand
`);
const TEXTS = ['name', 'itemGroup', 'taxCode', 'gtin', 'status'] as const;
const DECIMALS = ['standardCost', 'listPrice', 'safetyStock', 'reorderPoint', 'minOrderQuantity'];
const COUNTS = ['shelfLifeDays', 'leadTimeDays'] as const;
const FLAGS = ['batchManaged', 'serialManaged'] as const;
const ITEM_KINDS: readonly ItemKind[] = [
  'stock',
  'service',
  'subassembly',
  'raw',
  'finished',
  'tool',
];

/** Items with their units, group and list price. Groups that are not there are made. */
export const itemKind: ImportKind = {
  fields: FIELDS,
  asksOpeningDay: false,
  isWhole: false,
  keyOf: (row) => row.text('number') ?? '',
  open: openItems,
};

async function openItems(desk: Desk): Promise<Booker> {
  const { tx, context } = desk;
  const unitOf = unitReader(await units(tx));
  return async (rows) => {
    await makeGroups(desk, rows);
    const numbers = rows.map((row) => row.text('number') ?? '');
    const known = await itemsByNumber(tx, context.legalEntity, numbers);
    const isRetired = await retiredRecords(desk, 'items', numbers);
    const outcomes: Outcome[] = [];
    const drafts: { at: number; draft: ItemDraft }[] = [];
    const changes: { at: number; change: ItemChange }[] = [];
    for (const [at, row] of rows.entries()) {
      const item = known.get(row.text('number') ?? '');
      const draft = draftOf(row, { item, unitOf, currency: desk.companyCurrency });
      if ('did' in draft) outcomes[at] = draft;
      else if (item === undefined) drafts.push({ at, draft });
      else {
        const { number: _number, baseUnit: _baseUnit, ...fields } = draft;
        const again = isRetired(item) ? { status: 'active' as const, ...fields } : fields;
        const set = differing(again, item, DECIMALS);
        const isSame = Object.keys(set).length === 0;
        if (isSame) outcomes[at] = UNCHANGED;
        else changes.push({ at, change: { id: item.id, version: item.version, set } });
      }
    }
    const made = await createItems(
      tx,
      context,
      drafts.map(({ draft }) => draft),
    );
    for (const [place, { at }] of drafts.entries()) {
      const result = made[place];
      if (result !== undefined) outcomes[at] = result.ok ? CREATED : refusedBy(result.problem);
    }
    const changed = await updateItems(
      tx,
      context,
      changes.map(({ change }) => change),
    );
    await forgetPieces(
      tx,
      changes.flatMap(({ change }) => (change.set.serialManaged === false ? [change.id] : [])),
    );
    for (const [place, { at, change }] of changes.entries()) {
      const result = changed[place];
      if (result === undefined) continue;
      const message = Object.keys(change.set).join(', ');
      outcomes[at] = result.ok ? { did: 'changed', message } : refusedBy(result.problem);
    }
    return outcomes;
  };
}

function draftOf(
  row: Row,
  {
    item,
    unitOf,
    currency,
  }: {
    readonly item: Item | undefined;
    readonly unitOf: UnitReader;
    readonly currency: string;
  },
): ItemDraft | Outcome {
  const counted = unitsOf(row, { item, unitOf });
  if ('did' in counted) return counted;
  const { baseUnit, others } = counted;
  const costing = row.text('costing');
  const kind = ITEM_KINDS.find((each) => each === row.text('kind'));
  const listPrice = row.decimal('listPrice');
  const listCurrency = row.text('listCurrency') ?? item?.listCurrency ?? currency;
  return {
    ...Object.fromEntries(
      [
        ...TEXTS.map((name) => [name, row.text(name)] as const),
        ...DECIMALS.map((name) => [name, row.decimal(name)] as const),
        ...COUNTS.map((name) => [name, row.count(name)] as const),
        ...FLAGS.map((name) => [name, row.flag(name)] as const),
      ].filter(([, value]) => value !== undefined),
    ),
    name: row.text('name') ?? '',
    number: row.text('number') ?? '',
    kind: kind ?? item?.kind ?? 'stock',
    baseUnit,
    ...(others === undefined ? {} : { units: others }),
    ...(costing === 'fifo' || costing === 'standard' || costing === 'moving-average'
      ? { costing }
      : {}),
    ...(listPrice === undefined ? {} : { listCurrency }),
  };
}

type Units = { readonly baseUnit: string; readonly others?: Item['units'] };

function unitsOf(
  row: Row,
  { item, unitOf }: { readonly item: Item | undefined; readonly unitOf: UnitReader },
): Units | Outcome {
  const baseUnit = unitOf(row.text('baseUnit') ?? '');
  if (baseUnit === undefined) return unknownUnit(row, 'baseUnit');
  if (item !== undefined && item.baseUnit !== baseUnit) {
    const message = `its base unit stays ${item.baseUnit}: quantities everywhere are in it`;
    return refused('imports.cannot-change', message, 'baseUnit');
  }
  const [said, holds] = [row.text('otherUnit'), row.decimal('otherUnitHolds')];
  if (said === undefined || holds === undefined) {
    return said === undefined && holds === undefined
      ? { baseUnit }
      : refused(
          'imports.value-missing',
          'another unit comes with what it holds',
          said === undefined ? 'otherUnit' : 'otherUnitHolds',
        );
  }
  const unit = unitOf(said);
  if (unit === undefined) return unknownUnit(row, 'otherUnit');
  const rest = (item?.units ?? []).filter((each) => each.unit !== unit);
  return { baseUnit, others: [...rest, { unit, ...ratioOf(holds) }] };
}

/** '12.5' as 125/10: exact, as the items want it. */
function ratioOf(holds: string): {
  numerator: ReturnType<typeof decimal>;
  denominator: ReturnType<typeof decimal>;
} {
  const [whole = '', fraction = ''] = holds.split('.');
  const numerator = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  return { numerator: decimal(numerator), denominator: decimal(`1${'0'.repeat(fraction.length)}`) };
}

const unknownUnit = (row: Row, field: string): Outcome =>
  refused('imports.unknown-unit', `'${row.text(field)}' is no unit`, field);

/** Makes the groups that lines name and that are not there. */
async function makeGroups({ tx, context }: Desk, rows: readonly Row[]): Promise<void> {
  const there = new Set((await listItemGroups(tx)).map(({ code }) => code));
  const names = new Map<string, string>();
  for (const row of rows) {
    const code = row.text('itemGroup');
    if (code === undefined || there.has(code)) continue;
    names.set(code, names.get(code) ?? row.text('itemGroupName') ?? code);
  }
  const drafts = [...names].map(([code, name]) => ({ code, name }));
  if (drafts.length > 0) await createItemGroups(tx, context, drafts);
}
