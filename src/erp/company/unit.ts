import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { CompanyProblemCode } from './errors.ts';
import type { Name } from './name.ts';
import { accept, refuse } from './result.ts';
import type { Result } from './result.ts';

/** A unit of measure by its UN/ECE Recommendation 20 code. */
export type Unit = {
  readonly code: string;
  readonly name: Name;
  readonly symbol: string;
  readonly scale: number; // Places that make sense, 0 … 6.
};

const COLUMNS = { code: 'text', name: 'jsonb', symbol: 'text', scale: 'integer' } as const;

/** The units that every installation begins with. */
export const STANDARD_UNITS: readonly Unit[] = [
  unit('C62', ['piece', 'Stück'], 'pc', 0),
  unit('SET', ['set', 'Satz'], 'set', 0),
  unit('PR', ['pair', 'Paar'], 'pr', 0),
  unit('XBX', ['box', 'Karton'], 'box', 0),
  unit('XPX', ['pallet', 'Palette'], 'pal', 0),
  unit('KGM', ['kilogram', 'Kilogramm'], 'kg', 3),
  unit('GRM', ['gram', 'Gramm'], 'g', 3),
  unit('TNE', ['tonne', 'Tonne'], 't', 6),
  unit('MTR', ['metre', 'Meter'], 'm', 3),
  unit('MMT', ['millimetre', 'Millimeter'], 'mm', 1),
  unit('MTK', ['square metre', 'Quadratmeter'], 'm²', 3),
  unit('MTQ', ['cubic metre', 'Kubikmeter'], 'm³', 3),
  unit('LTR', ['litre', 'Liter'], 'l', 3),
  unit('HUR', ['hour', 'Stunde'], 'h', 2),
  unit('MIN', ['minute', 'Minute'], 'min', 1),
  unit('DAY', ['day', 'Tag'], 'd', 2),
  unit('MON', ['month', 'Monat'], 'mo', 2),
  unit('KWH', ['kilowatt hour', 'Kilowattstunde'], 'kWh', 3),
];

/** Writes units down; those of the same code are replaced. */
export async function setUnits(
  tx: Handle,
  drafts: readonly Unit[],
): Promise<Result<Unit, CompanyProblemCode>[]> {
  const results = drafts.map((draft) =>
    /^[A-Z0-9]{2,3}$/.test(draft.code) && draft.scale >= 0 && draft.scale <= 6
      ? accept(draft)
      : refuse('company.bad-unit', 'a unit has a code of Recommendation 20 and 0 to 6 places'),
  );
  const good = new Map(results.flatMap((each) => (each.ok ? [[each.value.code, each.value]] : [])));
  const values = [...good.values()].map((each) => ({ ...each, name: JSON.stringify(each.name) }));
  await rows(
    tx,
    sql`delete from erp_company.unit u using ${unnested('n', COLUMNS, values)} where u.code = n.code`,
  );
  await insertRows(tx, 'erp_company.unit', COLUMNS, values);
  return results;
}

/** Every unit by its code. */
export async function units(handle: Handle): Promise<ReadonlyMap<string, Unit>> {
  const found = await rows<Unit>(
    handle,
    sql`select code, name, symbol, scale from erp_company.unit order by code`,
  );
  return new Map(found.map((each) => [each.code, each]));
}

function unit(
  code: string,
  [en, de]: readonly [string, string],
  ...[symbol, scale]: readonly [string, number]
): Unit {
  return { code, name: { en, de }, symbol, scale };
}
