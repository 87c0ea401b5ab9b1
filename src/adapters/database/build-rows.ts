import { NumberLiteral } from '#adapter-kit';
import type { Command, PrintableJson } from '#adapter-kit';
import { evaluate } from '#adapter-kit/expression';
import type { Expression, Misfit } from '#adapter-kit/expression';
import { isDatabaseValue } from './profile/operation.ts';
import type { ColumnValue, DatabaseOperation, Rows } from './profile/operation.ts';

/** What a row gives a column: a value, or what the database makes of it. */
export type Given = { readonly value: PrintableJson } | Exclude<ColumnValue, Expression>;

/** One row to be written; a column without a value is left to the database. */
export type NewRow = { readonly table: string; readonly columns: Readonly<Record<string, Given>> };

/** Makes the rows of a command, the header first, or says what does not fit. */
export function buildRows(
  { rows }: DatabaseOperation,
  command: Command,
): { readonly rows: readonly NewRow[]; readonly misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  const made = rows.flatMap((part) => {
    const built = rowsOf(part, command);
    misfits.push(...built.misfits);
    return built.rows;
  });
  return { rows: made, misfits };
}

function rowsOf(
  { table, each, columns }: Rows,
  command: Command,
): { readonly rows: readonly NewRow[]; readonly misfits: readonly Misfit[] } {
  const fields: Record<string, Expression> = {};
  const others: Record<string, Given> = {};
  for (const [name, of] of Object.entries(columns)) {
    if (isDatabaseValue(of)) others[name] = of;
    else fields[name] = of;
  }
  const { value, misfits } = evaluate(
    each === undefined ? { fields } : { each, of: { fields } },
    command,
  );
  const made = value === undefined ? [] : isList(value) ? value : [value];
  return {
    misfits,
    rows: made.map((one) => ({ table, columns: { ...others, ...givenOf(one) } })),
  };
}

function givenOf(row: PrintableJson): Record<string, Given> {
  if (typeof row !== 'object' || row === null || row instanceof NumberLiteral || isList(row)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value }]],
    ),
  );
}

const isList = (value: PrintableJson): value is readonly PrintableJson[] => Array.isArray(value);
