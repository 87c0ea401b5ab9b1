import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, dateOf, daysBetween, localDate, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { CompanyProblemCode } from './errors.ts';
import type { Name } from './name.ts';
import { accept, refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** When an invoice is due, and what paying earlier is worth. Shared by all legal entities. */
export type PaymentTerms = {
  readonly code: string;
  readonly name: Name;
  readonly dueDays: number;
  readonly endOfMonth: boolean; // The days count from the end of the month of issue.
  readonly discounts: readonly { readonly days: number; readonly percent: Decimal }[];
};

/** Terms applied to a day. */
export type DueDates = {
  readonly dueOn: LocalDate;
  readonly discounts: readonly { readonly percent: Decimal; readonly until: LocalDate }[];
};

const LAST_DAY = localDate('9999-12-31');

const COLUMNS = {
  code: 'text',
  name: 'jsonb',
  due_days: 'integer',
  end_of_month: 'boolean',
  discounts: 'jsonb',
} as const;
const SELECTED = sql`code, name, due_days as "dueDays", end_of_month as "endOfMonth", discounts`;

/** The terms that every installation begins with. */
export const STANDARD_TERMS: readonly PaymentTerms[] = [
  terms('IMMEDIATE', ['Due immediately', 'Sofort fällig'], 0),
  terms('NET14', ['Net 14 days', '14 Tage netto'], 14),
  terms('NET30', ['Net 30 days', '30 Tage netto'], 30),
  terms('NET45', ['Net 45 days', '45 Tage netto'], 45),
  terms('NET60', ['Net 60 days', '60 Tage netto'], 60),
  terms('NET90', ['Net 90 days', '90 Tage netto'], 90),
  {
    ...terms('2-10-NET30', ['2% 10, net 30 days', '10 Tage 2 %, 30 Tage netto'], 30),
    discounts: [{ days: 10, percent: decimal('2') }],
  },
  {
    ...terms('3-14-2-30-NET60', ['3% 14, 2% 30, net 60', '14 Tage 3 %, 30 Tage 2 %, 60 netto'], 60),
    discounts: [
      { days: 14, percent: decimal('3') },
      { days: 30, percent: decimal('2') },
    ],
  },
  { ...terms('EOM30', ['30 days end of month', '30 Tage zum Monatsende'], 30), endOfMonth: true },
];

/** Writes terms down; those of the same code are replaced. Documents keep the days they were given. */
export async function setPaymentTerms(
  tx: Handle,
  drafts: readonly PaymentTerms[],
): Promise<Result<PaymentTerms, CompanyProblemCode>[]> {
  const results = drafts.map((draft) => problemOf(draft) ?? accept(draft));
  const good = new Map(results.flatMap((each) => (each.ok ? [[each.value.code, each.value]] : [])));
  const values = [...good.values()].map((each) => ({
    code: each.code,
    name: JSON.stringify(each.name),
    due_days: each.dueDays,
    end_of_month: each.endOfMonth,
    discounts: JSON.stringify(each.discounts),
  }));
  await rows(
    tx,
    sql`delete from erp_company.payment_terms t using ${unnested('n', COLUMNS, values)}
      where t.code = n.code`,
  );
  await insertRows(tx, 'erp_company.payment_terms', COLUMNS, values);
  return results;
}

/** The terms of these codes; all of them when none is named. */
export async function paymentTerms(
  handle: Handle,
  codes?: readonly string[],
): Promise<ReadonlyMap<string, PaymentTerms>> {
  const which = codes === undefined ? sql`true` : sql`code = any(${[...codes]})`;
  const found = await rows<PaymentTerms>(
    handle,
    sql`select ${SELECTED} from erp_company.payment_terms where ${which} order by code`,
  );
  return new Map(found.map((each) => [each.code, each]));
}

/** When an invoice issued on a day is due, and until when which discount may be taken. */
export function dueDates(
  { dueDays, endOfMonth, discounts }: Pick<PaymentTerms, 'dueDays' | 'endOfMonth' | 'discounts'>,
  issuedOn: LocalDate,
): DueDates {
  const [year, month] = partsOf(issuedOn);
  const from = endOfMonth ? dateOf(year, month + 1, 0) : issuedOn;
  return {
    dueOn: daysAfter(from, dueDays),
    discounts: discounts.map(({ days, percent }) => ({ percent, until: daysAfter(from, days) })),
  };
}

/** The calendar's last day where so many days on there is none. */
const daysAfter = (day: LocalDate, days: number): LocalDate =>
  days > daysBetween(day, LAST_DAY) ? LAST_DAY : addDays(day, days);

function terms(code: string, [en, de]: readonly [string, string], dueDays: number): PaymentTerms {
  return { code, name: { en, de }, dueDays, endOfMonth: false, discounts: [] };
}

const isCount = (days: number): boolean => Number.isInteger(days) && days >= 0;

function problemOf(draft: PaymentTerms): Refusal<CompanyProblemCode> | undefined {
  const { code, dueDays, discounts } = draft;
  if (code.trim() === '') return refuse('company.bad-payment-terms', 'terms have a code', 'code');
  if (!isCount(dueDays)) return refuse('company.bad-payment-terms', 'days from 0', 'dueDays');
  const inOrder = discounts.every(
    ({ days, percent }, at) =>
      isCount(days) &&
      days <= dueDays &&
      days > (discounts[at - 1]?.days ?? -1) &&
      compareDecimals(percent, decimal('0')) > 0 &&
      compareDecimals(percent, decimal('100')) <= 0,
  );
  return inOrder
    ? undefined
    : refuse(
        'company.bad-payment-terms',
        'discounts come by rising days, at most due',
        'discounts',
      );
}
