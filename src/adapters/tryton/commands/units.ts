/** Units of UN/ECE Recommendation 20 by the symbol of Tryton's own list; others pass as they are. */
const SYMBOLS: Readonly<Record<string, string>> = {
  EA: 'u',
  C62: 'u',
  KGM: 'kg',
  GRM: 'g',
  LBR: 'lb',
  ONZ: 'oz',
  SEC: 's',
  MIN: 'min',
  HUR: 'h',
  DAY: 'd',
  MTR: 'm',
  KMT: 'km',
  CMT: 'cm',
  MMT: 'mm',
  FOT: 'ft',
  INH: 'in',
  MTQ: 'm³',
  LTR: 'l',
  CMQ: 'cm³',
  GLL: 'gal',
  MTK: 'm²',
  CMK: 'cm²',
  HAR: 'ha',
};

/** The symbol that Tryton has for a unit. */
export const symbolOf = (unit: string): string =>
  Object.hasOwn(SYMBOLS, unit) ? (SYMBOLS[unit] ?? unit) : unit;
