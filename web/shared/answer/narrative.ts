import type { Answer } from '#api-contract';
import { isFigure } from './cell.ts';
import type { CellValue } from './cell.ts';

/** Where a number stands in the table of an answer. */
export type CellPlace = { readonly row: number; readonly column: number };

/** A stretch of a narrative: plain, or a number with the cell it comes from. */
export type Part = { readonly text: string; readonly cell?: CellPlace };

const NUMBER =
  /(?:[€$£¥]\s?)?(\d[\d.,\u00a0\u202f\u2019']*\d|\d)(?:[\s\u00a0]?(?:[€$£¥%]|[A-Z]{3}\b))?/g;

/** The digits of a number as a locale writes it, with a point and nothing else. */
function plainDigits(text: string, decimalMark: string): string {
  const [whole = '', fraction = ''] = text.split(decimalMark);
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

const exact = new Map<string, Intl.NumberFormat>();
function roundedTo(digits: number, percent: boolean): Intl.NumberFormat {
  const key = `${digits}${percent}`;
  const made =
    exact.get(key) ??
    new Intl.NumberFormat('en', {
      useGrouping: false,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...(percent ? { style: 'percent' } : {}),
    });
  exact.set(key, made);
  return made;
}

const isNumeric = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

function cellDigits(value: CellValue, digits: number, ratio: boolean): string | undefined {
  const text = String(value);
  if (value === null || !isNumeric(text)) return undefined;
  return roundedTo(digits, ratio).format(text).replace(/[-%]/g, '');
}

function placeOf(plain: string, answer: Answer): CellPlace | undefined {
  const digits = (plain.split('.')[1] ?? '').length;
  for (const [row, cells] of answer.rows.entries()) {
    for (const [column, value] of cells.entries()) {
      const about = answer.columns[column];
      if (about === undefined || !isFigure(about)) continue;
      if (cellDigits(value, digits, about.type === 'ratio') === plain) return { row, column };
    }
  }
  return undefined;
}

/** Cuts a narrative at its numbers and finds for each the cell that says the same. */
export function partsOf(answer: Answer, decimalMark: '.' | ','): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of answer.narrative.matchAll(NUMBER)) {
    const cell = placeOf(plainDigits(match[1] ?? '', decimalMark), answer);
    if (cell === undefined) continue;
    parts.push({ text: answer.narrative.slice(from, match.index) }, { text: match[0], cell });
    from = match.index + match[0].length;
  }
  parts.push({ text: answer.narrative.slice(from) });
  return parts.filter((part) => part.text !== '');
}
