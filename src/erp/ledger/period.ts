import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, findLegalEntity, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { addDays, addMonths, dateOf } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';
import type { LedgerProblemCode } from './errors.ts';

/** Open: anyone may post. Soft-closed: named roles still may. Closed: nobody may. */
export type PeriodStatus = 'open' | 'soft-closed' | 'closed';

/** A period by its name. */
export type PeriodKey = { readonly fiscalYear: number; readonly period: number };

/** A month of a fiscal year (1–12), its adjustments (13) or its closing entries (14). */
export type Period = PeriodKey & {
  readonly legalEntity: string;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
  readonly status: PeriodStatus;
  readonly openTo: readonly string[]; // Soft-closed: these roles.
  readonly version: number;
};

/** One opening or closing, with its reason. */
export type PeriodEvent = PeriodKey & {
  readonly from: PeriodStatus;
  readonly to: PeriodStatus;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

export const MONTHS = 12;
export const ADJUSTMENT = 13;
export const CLOSING = 14;

export const PERIOD_COLUMNS = sql`legal_entity as "legalEntity", fiscal_year as "fiscalYear",
  number as period, from_on as "fromOn", to_on as "toOn", status, open_to as "openTo", version`;

/** Opens a fiscal year's periods: twelve months, one for adjustments, one for closing entries. */
export async function createFiscalYear(
  tx: Handle,
  context: ErpContext,
  fiscalYear: number,
): Promise<Result<Period[], LedgerProblemCode>> {
  const { legalEntity } = context;
  const entity = await findLegalEntity(tx, legalEntity);
  if (entity === undefined) {
    return refuse('ledger.no-such-legal-entity', `there is no legal entity ${legalEntity}`);
  }
  const known = await listPeriods(tx, { legalEntity, fiscalYear });
  if (known.length > 0) return refuse('ledger.year-exists', `fiscal year ${fiscalYear} is there`);
  const created = periodsOf(legalEntity, entity.fiscalYearStartMonth, fiscalYear);
  await insertRows(
    tx,
    'erp_ledger.period',
    {
      legal_entity: 'text',
      fiscal_year: 'integer',
      number: 'integer',
      from_on: 'date',
      to_on: 'date',
    },
    created.map((each) => ({
      legal_entity: legalEntity,
      fiscal_year: fiscalYear,
      number: each.period,
      from_on: each.fromOn,
      to_on: each.toOn,
    })),
  );
  return accept(created);
}

/** Periods of a legal entity, in order. */
export const listPeriods = (
  handle: Handle,
  filter: { readonly legalEntity: string; readonly fiscalYear?: number },
): Promise<Period[]> =>
  rows<Period>(
    handle,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where legal_entity = ${filter.legalEntity}
        and (${filter.fiscalYear ?? null}::integer is null
          or fiscal_year = ${filter.fiscalYear ?? null})
      order by fiscal_year, number`,
  );

/** One period. */
export async function findPeriod(
  handle: Handle,
  legalEntity: string,
  { fiscalYear, period }: PeriodKey,
): Promise<Period | undefined> {
  const [found] = await rows<Period>(
    handle,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where legal_entity = ${legalEntity} and fiscal_year = ${fiscalYear} and number = ${period}`,
  );
  return found;
}

/** Who opened and closed periods of a fiscal year, the newest first. */
export const listPeriodEvents = (
  handle: Handle,
  filter: { readonly legalEntity: string; readonly fiscalYear: number },
): Promise<PeriodEvent[]> =>
  rows<PeriodEvent>(
    handle,
    sql`select fiscal_year as "fiscalYear", number as period, from_status as from,
        to_status as to, reason, by, at
      from erp_ledger.period_event
      where legal_entity = ${filter.legalEntity} and fiscal_year = ${filter.fiscalYear}
      order by id desc`,
  );

/** A period in words: 'FY 2026, period 3'. */
export const nameOfPeriod = ({ fiscalYear, period }: PeriodKey): string =>
  `FY ${fiscalYear}, period ${period}`;

function periodsOf(legalEntity: string, startMonth: number, fiscalYear: number): Period[] {
  const begins = dateOf(startMonth === 1 ? fiscalYear : fiscalYear - 1, startMonth, 1);
  const lastOn = addDays(addMonths(begins, MONTHS), -1);
  const common = { legalEntity, fiscalYear, status: 'open', openTo: [], version: 1 } as const;
  const months = Array.from({ length: MONTHS }, (_, at) => ({
    ...common,
    period: at + 1,
    fromOn: addMonths(begins, at),
    toOn: addDays(addMonths(begins, at + 1), -1),
  }));
  const last = [ADJUSTMENT, CLOSING].map((period) => ({
    ...common,
    period,
    fromOn: lastOn,
    toOn: lastOn,
  }));
  return [...months, ...last];
}
