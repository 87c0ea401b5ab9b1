import type { ReplyOf } from '#api-contract';
import { useLanguage } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';

type Codes = ReplyOf<'getTradeCodes'>;
type Option = { readonly value: string; readonly label: string };

const NONE: Codes = { taxCodes: [], paymentTerms: [], units: [] };

/** What documents may be taxed, paid and counted by, for choices in the reader's language. */
export function useTradeCodes(on: string): {
  readonly taxCodes: (direction: 'input' | 'output') => readonly Option[];
  readonly paymentTerms: readonly Option[];
  readonly units: readonly Option[];
  readonly unitName: (unit: string) => string;
  readonly termsName: (of: string | null | undefined) => string | undefined;
} {
  const { code } = useEntity();
  const language = useLanguage();
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(on);
  const query = isDay ? { on } : {};
  const found = useBooks('getTradeCodes', { params: { entity: code }, query }, { keep: true });
  const { taxCodes, paymentTerms, units } = found.data ?? NONE;
  const terms = new Map(paymentTerms.map((one) => [one.code, one.name[language]]));
  const names = new Map(units.map((unit) => [unit.code, unit.name[language]]));
  return {
    taxCodes: (direction) =>
      taxCodes
        .filter((one) => one.direction === direction)
        .map((one) => ({ value: one.code, label: `${one.percent} % · ${one.name[language]}` })),
    paymentTerms: paymentTerms.map((one) => ({ value: one.code, label: one.name[language] })),
    units: units.map((one) => ({ value: one.code, label: one.name[language] })),
    unitName: (unit) => names.get(unit) ?? unit,
    termsName: (of) => terms.get(of ?? '') ?? of ?? undefined,
  };
}

/** The tax code that a line begins with: the item's, else the full rate at home, else none. */
export function usualTax(
  codes: readonly Option[],
  line: { readonly itemCode: string | undefined; readonly isAtHome: boolean },
): string {
  const fits = codes.find(({ value }) => value === line.itemCode);
  if (fits !== undefined) return fits.value;
  const full = codes.find(({ value }) => value.endsWith('-STD'));
  return line.isAtHome ? (full?.value ?? '') : '';
}
