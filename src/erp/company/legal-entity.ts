import { memory, rows, sql } from '#database';
import type { Handle } from '#database';
import type { CurrencyCode } from '#kernel';
import { partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ErpContext } from './context.ts';
import type { CompanyProblemCode } from './errors.ts';
import { accept, refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** A company in law: it has books, a currency and a calendar of its own. */
export type LegalEntity = {
  readonly code: string;
  readonly name: string;
  readonly country: string; // ISO 3166-1, two letters.
  readonly currency: CurrencyCode;
  readonly timeZone: string; // IANA.
  readonly fiscalYearStartMonth: number; // 1 … 12.
  readonly taxIds: readonly { readonly scheme: string; readonly value: string }[];
  readonly version: number;
};

/** A legal entity as it is asked for. */
export type LegalEntityDraft = {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly fiscalYearStartMonth?: number;
  readonly taxIds?: readonly { readonly scheme: string; readonly value: string }[];
};

const COLUMNS = sql`code, name, country, currency, time_zone as "timeZone",
  fiscal_year_start_month as "fiscalYearStartMonth", tax_ids as "taxIds", version`;

/** Of an entity's name and tax ids a transaction may act upon what they were; the rest stays for ever. */
const known = memory<LegalEntity>();

/** Founds a legal entity. Its code, currency and calendar stay for ever. */
export async function createLegalEntity(
  tx: Handle,
  context: Pick<ErpContext, 'clock' | 'by'>,
  draft: LegalEntityDraft,
): Promise<Result<LegalEntity, CompanyProblemCode>> {
  const wrong = problemOf(draft);
  if (wrong !== undefined) return wrong;
  const { code, name, country, currency, timeZone, fiscalYearStartMonth = 1, taxIds = [] } = draft;
  const [created] = await rows<LegalEntity>(
    tx,
    sql`insert into erp_company.legal_entity (code, name, country, currency, time_zone,
        fiscal_year_start_month, tax_ids, created_by, created_at)
      values (${code}, ${name.trim()}, ${country}, ${currency}, ${timeZone},
        ${fiscalYearStartMonth}, ${JSON.stringify(taxIds)}, ${context.by}, ${context.clock()})
      on conflict do nothing returning ${COLUMNS}`,
  );
  return created === undefined
    ? refuse('company.legal-entity-exists', `there is a legal entity ${code} already`, 'code')
    : accept(created);
}

/** Changes what may change of a legal entity, if it is still at `version`. */
export async function updateLegalEntity(
  tx: Handle,
  change: {
    readonly code: string;
    readonly version: number;
    readonly name: string;
    readonly taxIds: LegalEntity['taxIds'];
  },
): Promise<Result<LegalEntity, CompanyProblemCode>> {
  const { code, version, name, taxIds } = change;
  if (name.trim() === '') return refuse('company.bad-legal-entity', 'the name is empty', 'name');
  const [changed] = await rows<LegalEntity>(
    tx,
    sql`update erp_company.legal_entity
      set name = ${name.trim()}, tax_ids = ${JSON.stringify(taxIds)}, version = version + 1
      where code = ${code} and version = ${version} returning ${COLUMNS}`,
  );
  known.forget(tx, code);
  if (changed !== undefined) return accept(changed);
  return (await findLegalEntity(tx, code)) === undefined
    ? refuse('company.no-such-legal-entity', `there is no legal entity ${code}`, 'code')
    : refuse('company.moved-on', `legal entity ${code} was changed meanwhile`, 'version');
}

/** One legal entity by its code. A transaction looks once. */
export const findLegalEntity = (handle: Handle, code: string): Promise<LegalEntity | undefined> =>
  known.read(handle, code, async () => {
    const [found] = await rows<LegalEntity>(
      handle,
      sql`select ${COLUMNS} from erp_company.legal_entity where code = ${code}`,
    );
    return found;
  });

/** Every legal entity, those that were founded first before the others. */
export const listLegalEntities = (handle: Handle): Promise<LegalEntity[]> =>
  rows<LegalEntity>(
    handle,
    sql`select ${COLUMNS} from erp_company.legal_entity order by created_at, code`,
  );

/** The fiscal year a day is in. It is named after the calendar year it ends in. */
export function fiscalYearOf(fiscalYearStartMonth: number, day: LocalDate): number {
  const [year, month] = partsOf(day);
  return fiscalYearStartMonth > 1 && month >= fiscalYearStartMonth ? year + 1 : year;
}

function problemOf(draft: LegalEntityDraft): Refusal<CompanyProblemCode> | undefined {
  const { code, name, country, currency, timeZone, fiscalYearStartMonth = 1 } = draft;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [/^[A-Z0-9]{2,8}$/.test(code), 'code', 'two to eight capital letters and digits'],
    [name.trim() !== '', 'name', 'a name'],
    [isCountry(country), 'country', 'an ISO 3166-1 code of two letters'],
    [CURRENCIES.has(currency), 'currency', 'an ISO 4217 code'],
    [isTimeZone(timeZone), 'timeZone', 'an IANA time zone'],
    [
      Number.isInteger(fiscalYearStartMonth) &&
        fiscalYearStartMonth >= 1 &&
        fiscalYearStartMonth <= 12,
      'fiscalYearStartMonth',
      'a month, 1 to 12',
    ],
  ];
  const failed = checks.find(([right]) => !right);
  if (failed === undefined) return undefined;
  const [, field, wanted] = failed;
  return refuse('company.bad-legal-entity', `a legal entity's ${field} is ${wanted}`, field);
}

/** Books cannot change their currency: a slip of the finger is refused, though it looks like a code. */
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const isCountry = (text: string): boolean =>
  /^[A-Z]{2}$/.test(text) && COUNTRIES.of(text) !== undefined;

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // That is how Intl says no.
  }
}
