import type { Expected } from './questions.ts';

type Cell = string | number | null;

/** What differs between an answer and the oracle, in words; empty: nothing. */
export function disagreements(
  answered: readonly (readonly Cell[])[],
  expected: readonly (readonly Expected[])[],
  ordered: boolean,
): string[] {
  const rows = answered.filter((row) => !isEmptyGroup(row, expected));
  if (rows.length !== expected.length) {
    return [
      `${rows.length} rows instead of ${expected.length}: ${JSON.stringify(rows.slice(0, 5))}`,
    ];
  }
  return expected.flatMap((wanted, at) => {
    const candidates = ordered ? rows.slice(at, at + 1) : rows;
    const found = candidates.some((row) => wanted.every((cell, i) => agrees(row, cell, i)));
    return found ? [] : [`no row says ${print(wanted)}; row ${at} is ${JSON.stringify(rows[at])}`];
  });
}

/** An unnamed group ('Unknown', no category) or a month without orders is no disagreement. */
function isEmptyGroup(row: readonly Cell[], expected: readonly (readonly Expected[])[]): boolean {
  const [key, value] = row;
  const known = expected.some(([first]) => typeof first === 'string' && sameText(key, first));
  return (
    expected[0]?.length === 2 && !known && (isNothing(value) || key === null || key === 'Unknown')
  );
}

const isNothing = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || /^-?0*\.?0*$/.test(String(cell));

const sameText = (cell: Cell | undefined, wanted: string): boolean =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).startsWith(wanted) : false;

/** Text begins alike (a month is '2024-03' or its first day); numbers agree to what is shown. */
function agrees(row: readonly Cell[], wanted: Expected, at: number): boolean {
  const cell = row[at];
  if (typeof wanted === 'string') return sameText(cell, wanted);
  if (cell === null || cell === undefined || !/^-?\d+(\.\d+)?$/.test(String(cell))) return false;
  const [whole = '', fraction = ''] = String(cell).split('.');
  const scale = 10n ** BigInt(fraction.length);
  const shown = BigInt(whole + fraction);
  const difference = shown * wanted.under - wanted.over * scale; // Times under × scale.
  const half = fraction.length === 0 ? 0n : wanted.under; // At most one unit of the last place.
  return difference <= half && difference >= -half;
}

const print = (cells: readonly Expected[]): string =>
  cells.map((cell) => (typeof cell === 'string' ? cell : `${cell.over}/${cell.under}`)).join(' · ');
