import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import { STATEMENT_COLUMNS, STATEMENT_LINE_COLUMNS } from './statement.ts';
import type { Statement, StatementLine } from './statement.ts';

const STATEMENTS = {
  table: 'erp_banking.statement',
  alias: 's',
  columns: { sequence: 'sequence', fromOn: 'from_on', reference: 'reference', closing: 'closing' },
} as const;

/** The statements of one of our accounts, unless sorted otherwise the newest first. */
export function listStatements(
  handle: Handle,
  filter: {
    readonly ownAccount: string;
    readonly sort?: Sorting<keyof (typeof STATEMENTS)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly Statement[]> {
  const { order, isAfter } = sortedBy(STATEMENTS, filter.sort ?? '-sequence', filter.after);
  return rows<Statement>(
    handle,
    sql`select ${STATEMENT_COLUMNS} from erp_banking.statement s
      where s.own_account_id = ${filter.ownAccount} and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
}

/** Which lines to list; what is left out does not matter. */
export type StatementLineFilter = {
  readonly ownAccount?: string;
  readonly statement?: string;
  readonly ids?: readonly string[];
  readonly isMatched?: boolean;
  readonly from?: LocalDate; // Booked.
  readonly to?: LocalDate;
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LINES = sql`erp_banking.statement_line l
  join erp_banking.statement s on s.id = l.statement_id`;
const MATCHED = sql`left join erp_banking.match m on m.line_id = l.id and m.undone_on is null`;
/** Line by line: of few lines a join might go through all matches there are. */
const EACH_MATCHED = sql`left join lateral (select id from erp_banking.match each
  where each.line_id = l.id and each.undone_on is null offset 0) m on true`;

const LIST = {
  table: 'erp_banking.statement_line',
  alias: 'l',
  columns: { bookedOn: 'booked_on', amount: 'amount' },
} as const;

/** Lines of statements, unless sorted otherwise the oldest first. */
export async function listStatementLines(
  handle: Handle,
  { ownAccount, statement, ids, isMatched, from, to, sort, after, limit }: StatementLineFilter,
): Promise<readonly StatementLine[]> {
  const { order, isAfter } = sortedBy(LIST, sort ?? 'bookedOn', after);
  const wanted = [
    isAfter,
    ...(ownAccount === undefined ? [] : [sql`l.own_account_id = ${ownAccount}`]),
    ...(statement === undefined ? [] : [sql`l.statement_id = ${statement}`]),
    ...(ids === undefined ? [] : [sql`l.id = any(${[...ids]})`]),
    ...(isMatched === undefined ? [] : [sql`(m.id is not null) = ${isMatched}`]),
    ...(from === undefined ? [] : [sql`l.booked_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`l.booked_on <= ${to}`]),
  ];
  return await rows<StatementLine>(
    handle,
    sql`select ${STATEMENT_LINE_COLUMNS}
      from ${LINES} ${ids === undefined ? MATCHED : EACH_MATCHED} where ${sql.join(wanted, sql` and `)}
      order by ${order} limit ${limit}`,
  );
}

/** Lines by id, locked until the transaction ends, in the order of ids: one at a time explains each. */
export async function lockStatementLines(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StatementLine>> {
  await rows(
    tx,
    sql`select 1 from erp_banking.statement_line where id = any(${[...new Set(ids)]})
      order by id for no key update`,
  );
  const found = await listStatementLines(tx, { ids, limit: ids.length });
  return new Map(found.map((line) => [line.id, line]));
}
