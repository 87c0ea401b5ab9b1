import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { compareDecimals, decimal, divideDecimals, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { localDate } from '#kernel/time';
import type { CompanyProblemCode } from './errors.ts';
import type { Name } from './name.ts';
import { accept, refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** How a line is taxed, from a day on. */
export type TaxCode = {
  readonly code: string;
  readonly name: Name;
  readonly direction: 'input' | 'output';
  readonly kind: 'standard' | 'reduced' | 'zero' | 'exempt' | 'reverse-charge' | 'intra-community';
  readonly percent: Decimal;
  readonly recoverablePercent: Decimal; // Of input tax; the rest is cost.
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate; // The last day.
};

const COLUMNS = {
  legal_entity: 'text',
  code: 'text',
  valid_from: 'date',
  valid_to: 'date',
  name: 'jsonb',
  direction: 'text',
  kind: 'text',
  percent: 'numeric',
  recoverable_percent: 'numeric',
} as const;
const BEGINNING = localDate('2000-01-01');
/** Standard and reduced rates in force in 2026. Source: the countries' tax authorities. */
const RATES: Readonly<Record<string, readonly [string, string]>> = {
  DE: ['19', '7'],
  AT: ['20', '10'],
  CH: ['8.1', '2.6'],
  FR: ['20', '5.5'],
  IT: ['22', '10'],
  ES: ['21', '10'],
  NL: ['21', '9'],
  BE: ['21', '6'],
  PL: ['23', '8'],
  CZ: ['21', '12'],
  GB: ['20', '5'],
};

/** The tax codes that a legal entity of a country begins with. */
export function standardTaxCodes(country: string): TaxCode[] {
  const [full, reduced] = RATES[country] ?? ['0', '0'];
  return [
    ...pair('STD', 'standard', full, ['standard rate', 'voller Satz']),
    ...pair('RED', 'reduced', reduced, ['reduced rate', 'ermäßigter Satz']),
    ...pair('ZERO', 'zero', '0', ['zero rate', 'Nullsatz']),
    ...pair('EXEMPT', 'exempt', '0', ['exempt', 'steuerfrei']),
    ...pair('RC', 'reverse-charge', full, ['reverse charge', 'Steuerschuld des Empfängers']),
    // Who acquires owes the tax of his own country; who supplies charges none.
    ...pair('EU', 'intra-community', full, ['intra-Community', 'innergemeinschaftlich']).map(
      (each) => (each.direction === 'input' ? each : { ...each, percent: decimal('0') }),
    ),
  ];
}

/** Adds tax codes, or new terms of one from a later day on. */
export async function addTaxCodes(
  tx: Handle,
  legalEntity: string,
  drafts: readonly TaxCode[],
): Promise<Result<TaxCode, CompanyProblemCode>[]> {
  const known = await rows<{ code: string; validFrom: LocalDate; validTo: LocalDate | null }>(
    tx,
    sql`select code, valid_from as "validFrom", valid_to as "validTo" from erp_company.tax_code
      where legal_entity = ${legalEntity} and code = any(${drafts.map(({ code }) => code)})
      for update`,
  );
  const results: Result<TaxCode, CompanyProblemCode>[] = [];
  for (const draft of drafts) {
    const refusal = problemOf(draft) ?? overlapOf(draft, known);
    if (refusal === undefined) known.push({ ...draft, validTo: draft.validTo ?? null });
    results.push(refusal ?? accept(draft));
  }
  const values = results.flatMap((each) => (each.ok ? [each.value] : []));
  await insertRows(
    tx,
    'erp_company.tax_code',
    COLUMNS,
    values.map((each) => ({
      legal_entity: legalEntity,
      code: each.code,
      valid_from: each.validFrom,
      valid_to: each.validTo,
      name: JSON.stringify(each.name),
      direction: each.direction,
      kind: each.kind,
      percent: each.percent,
      recoverable_percent: each.recoverablePercent,
    })),
  );
  return results;
}

/** Ends a tax code: `lastOn` is its last day. Answers whether there was one to end. */
export async function endTaxCode(
  tx: Handle,
  end: { readonly legalEntity: string; readonly code: string; readonly lastOn: LocalDate },
): Promise<boolean> {
  const ended = await rows(
    tx,
    sql`update erp_company.tax_code set valid_to = ${end.lastOn}
      where legal_entity = ${end.legalEntity} and code = ${end.code}
        and valid_from <= ${end.lastOn} and (valid_to is null or valid_to > ${end.lastOn})
      returning 1`,
  );
  return ended.length > 0;
}

/** Tax codes of a legal entity: all, or those in force on a day. By code, the newest terms last. */
export async function taxCodes(
  handle: Handle,
  filter: {
    readonly legalEntity: string;
    readonly on?: LocalDate;
    readonly codes?: readonly string[];
  },
): Promise<TaxCode[]> {
  const { legalEntity, on = null, codes } = filter;
  const found = await rows<Omit<TaxCode, 'validTo'> & { readonly validTo: LocalDate | null }>(
    handle,
    sql`select code, name, direction, kind, percent::text as percent,
        recoverable_percent::text as "recoverablePercent", valid_from as "validFrom",
        valid_to as "validTo"
      from erp_company.tax_code
      where legal_entity = ${legalEntity}
        and (${on}::date is null
          or (valid_from <= ${on} and coalesce(valid_to, 'infinity') >= ${on}))
        and ${codes === undefined ? sql`true` : sql`code = any(${[...codes]})`}
      order by code, valid_from`,
  );
  return found.map(({ validTo, ...rest }) => (validTo === null ? rest : { ...rest, validTo }));
}

/** The tax on a net amount, exact: the caller rounds a document's total once per tax code. */
export function taxOn(net: Decimal, { percent }: Pick<TaxCode, 'percent'>): Decimal {
  const tax = multiplyDecimals(net, percent);
  const point = tax.indexOf('.');
  const scale = point === -1 ? 0 : tax.length - point - 1;
  return divideDecimals(tax, decimal('100'), scale + 2) ?? decimal('0');
}

function pair(
  name: string,
  kind: TaxCode['kind'],
  percent: string,
  [en, de]: readonly [string, string],
): TaxCode[] {
  const common = {
    kind,
    percent: decimal(percent),
    recoverablePercent: decimal('100'),
    validFrom: BEGINNING,
  };
  return [
    {
      ...common,
      code: `IN-${name}`,
      direction: 'input',
      name: { en: `Input tax, ${en}`, de: `Vorsteuer, ${de}` },
    },
    {
      ...common,
      code: `OUT-${name}`,
      direction: 'output',
      name: { en: `Output tax, ${en}`, de: `Umsatzsteuer, ${de}` },
    },
  ];
}

const isShare = (percent: Decimal): boolean =>
  compareDecimals(percent, decimal('0')) >= 0 && compareDecimals(percent, decimal('100')) <= 0;

function problemOf(draft: TaxCode): Refusal<CompanyProblemCode> | undefined {
  if (draft.code.trim() === '') return refuse('company.bad-tax-code', 'it has a code', 'code');
  if (!isShare(draft.percent)) return refuse('company.bad-tax-code', '0 to 100', 'percent');
  if (!isShare(draft.recoverablePercent)) {
    return refuse('company.bad-tax-code', '0 to 100', 'recoverablePercent');
  }
  return draft.validTo !== undefined && draft.validTo < draft.validFrom
    ? refuse('company.bad-tax-code', 'it ends before it begins', 'validTo')
    : undefined;
}

function overlapOf(
  draft: TaxCode,
  known: readonly { code: string; validFrom: LocalDate; validTo: LocalDate | null }[],
): Refusal<CompanyProblemCode> | undefined {
  const clash = known.some(
    ({ code, validFrom, validTo }) =>
      code === draft.code &&
      (draft.validTo === undefined || validFrom <= draft.validTo) &&
      (validTo === null || validTo >= draft.validFrom),
  );
  return clash
    ? refuse('company.tax-code-overlaps', `${draft.code} has terms on these days`, 'validFrom')
    : undefined;
}
