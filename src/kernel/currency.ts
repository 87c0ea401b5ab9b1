declare const iso4217: unique symbol;

/** An ISO 4217 alphabetic code, in its form: three capital letters. Retired codes are codes too. */
export type CurrencyCode = string & { readonly [iso4217]: true };

export function parseCurrency(text: string): CurrencyCode | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked on this line.
  return /^[A-Z]{3}$/.test(text) ? (text as CurrencyCode) : undefined;
}

/** Currencies whose minor unit is not a hundredth. Source: ISO 4217 list one. */
const EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  CLF: 4,
  UYW: 4,
};

/** Places after the point at which the currency is paid and posted. */
export function currencyScale(currency: CurrencyCode): number {
  return EXPONENTS[currency] ?? 2;
}
