import { memory, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';
import { PERIOD_COLUMNS } from './period.ts';
import type { Period } from './period.ts';

/** A day of a legal entity. */
type Day = { readonly legalEntity: string; readonly day: LocalDate };

const remembered = memory<readonly Period[]>();
const keyOf = ({ legalEntity, day }: Day): string => `${legalEntity} ${day}`;

/**
 * The periods that cover days, locked for share until the transaction ends, so that nobody closes one
 * while its entries are being written. A transaction looks once: what it has locked stays as it is.
 */
export async function lockPeriods(tx: Handle, days: readonly Day[]): Promise<readonly Period[]> {
  const byKey = new Map(days.map((each) => [keyOf(each), each]));
  const found = await remembered.readMany(tx, [...byKey.keys()], async (keys) => {
    const asked = keys.flatMap((key) => byKey.get(key) ?? []);
    const periods = await readLocked(tx, asked);
    return new Map(
      asked.flatMap((each) => {
        const own = periods.filter((period) => covers(period, each));
        return own.length === 0 ? [] : [[keyOf(each), own] as const];
      }),
    );
  });
  const periods = [...found.values()].flat();
  return [...new Map(periods.map((each) => [nameOf(each), each])).values()];
}

const nameOf = ({ legalEntity, fiscalYear, period }: Period): string =>
  `${legalEntity} ${fiscalYear} ${period}`;

/** This transaction has changed a period. */
export const forgetPeriods = (tx: Handle): void => remembered.forget(tx);

const covers = ({ legalEntity, fromOn, toOn }: Period, of: Day): boolean =>
  legalEntity === of.legalEntity && fromOn <= of.day && toOn >= of.day;

function readLocked(tx: Handle, days: readonly Day[]): Promise<Period[]> {
  const asked = days.map(({ legalEntity, day }) => ({ legal_entity: legalEntity, day }));
  return rows<Period>(
    tx,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where (legal_entity, fiscal_year, number) in (
        select p.legal_entity, p.fiscal_year, p.number
        from ${unnested('asked', { legal_entity: 'text', day: 'date' }, asked)}
        join erp_ledger.period p on p.legal_entity = asked.legal_entity
          and p.from_on <= asked.day and p.to_on >= asked.day)
      order by legal_entity, fiscal_year, number for share`,
  );
}
