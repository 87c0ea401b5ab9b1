import type { Unit } from '#erp/company/setup';
import { plainText } from './field.ts';

/** The code of a unit as somebody writes it. Undefined: there is none. */
export type UnitReader = (text: string) => string | undefined;

/** What units are called beside their code, name and symbol. */
const ALSO: Readonly<Record<string, string>> = {
  stk: 'C62',
  st: 'C62',
  pcs: 'C62',
  ea: 'C62',
  each: 'C62',
  std: 'HUR',
  hr: 'HUR',
  qm: 'MTK',
  cbm: 'MTQ',
};

/** Reads units by their code, name in English or German, or symbol. */
export function unitReader(units: ReadonlyMap<string, Unit>): UnitReader {
  const codes = new Map(Object.entries(ALSO));
  for (const { code, name, symbol } of units.values()) {
    for (const word of [name.en, name.de, symbol]) codes.set(plainText(word), code);
  }
  return (text) => {
    const upper = text.toUpperCase();
    return units.has(upper) ? upper : (codes.get(plainText(text)) ?? codeOf(text));
  };
}

/** Recommendation 20 has more units than are named here. */
const codeOf = (text: string): string | undefined =>
  /^[A-Z0-9]{2,3}$/.test(text) ? text : undefined;
