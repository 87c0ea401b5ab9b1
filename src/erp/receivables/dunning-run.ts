import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import { accept, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { listOpenItems } from '#erp/open-items';
import { changeRun, decideRun, proposedRuns } from '#erp/open-items/settling';
import type { RunBook, SeenRun } from '#erp/open-items/settling';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { listDunningBlocks } from './dunning-blocks.ts';
import { dunningLevels } from './dunning-levels.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import { proposeDunning } from './propose-dunning.ts';
import type { DunningItem } from './propose-dunning.ts';

type Code = ReceivablesProblemCode;

/** A dunning run with what it reminds of and what it leaves out. */
export type DunningRun = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly runOn: LocalDate;
  readonly status: 'proposed' | 'approved' | 'executed' | 'withdrawn';
  readonly version: number;
  readonly createdBy: string;
  readonly approvedBy: string | null;
  readonly items: readonly (DunningItem & { readonly isLeftOut: boolean })[];
};

/** Where dunning runs are kept. */
export const DUNNING: RunBook<Code> = {
  runs: 'erp_receivables.dunning_run',
  items: 'erp_receivables.dunning_run_item',
  done: 'executed',
  codes: {
    noSuchRun: 'receivables.no-such-run',
    movedOn: 'receivables.moved-on',
    wrongState: 'receivables.not-in-this-state',
    fourEyes: 'receivables.four-eyes',
  },
};

const ITEMS_MAX = 1_000_000;

const COLUMNS = {
  run_id: 'text',
  item_id: 'text',
  customer: 'text',
  level: 'integer',
  days_overdue: 'integer',
  currency: 'text',
  amount: 'numeric',
  is_left_out: 'boolean',
  reason: 'text',
} as const;

/** The day a run is of, and whom it may remind. */
type RunWish = {
  readonly on: LocalDate;
  readonly customers?: readonly string[]; // Absent: all.
  readonly today?: LocalDate; // A run is of no later day; a history that is written has none.
};

/** Proposes a run: nobody is reminded until another has approved it. */
export async function createDunningRun(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  { on, customers, today }: RunWish,
): Promise<Result<{ readonly id: string; readonly number: string }, Code>> {
  if (today !== undefined && on > today) {
    const message = `nobody is reminded on ${on}: today is ${today}`;
    return refuse('receivables.run-after-today', message, 'on');
  }
  const open = await listOpenItems(tx, {
    legalEntity,
    side: 'receivable',
    state: 'open',
    limit: ITEMS_MAX,
  });
  const blocked = new Set(
    (await listDunningBlocks(tx, { legalEntity, on })).map(({ customer }) => customer),
  );
  const chosen = proposeDunning(
    open.filter(({ party }) => customers?.includes(party) !== false),
    {
      on,
      levels: await dunningLevels(tx, legalEntity),
      isBlocked: (customer) => blocked.has(customer),
    },
  );
  if (chosen.length === 0) {
    return refuse('receivables.nothing-to-dun', 'nothing has reached its next level');
  }
  const now = clock();
  const id = newId('dr', millisecondsOf(now));
  const [number = ''] = await takeNumbers(tx, legalEntity, 'DR', on, 1);
  await rows(
    tx,
    sql`insert into erp_receivables.dunning_run
        (id, legal_entity, number, run_on, status, created_by, created_at)
      values (${id}, ${legalEntity}, ${number}, ${on}, 'proposed', ${by}, ${now})`,
  );
  const values = chosen.map((each) => ({
    run_id: id,
    item_id: each.item,
    customer: each.customer,
    level: each.level,
    days_overdue: each.daysOverdue,
    currency: each.currency,
    amount: each.amount,
    is_left_out: each.leftOutBecause !== undefined,
    reason: each.leftOutBecause,
  }));
  await insertRows(tx, DUNNING.items, COLUMNS, values);
  return accept({ id, number });
}

const HEADER = sql`id, legal_entity as "legalEntity", number, run_on as "runOn", status, version,
  created_by as "createdBy", approved_by as "approvedBy"`;

type Header = Omit<DunningRun, 'items'>;

const LIST = {
  table: 'erp_receivables.dunning_run',
  alias: 'r',
  columns: { runOn: 'run_on', number: 'number' },
} as const;

/** Runs, unless sorted otherwise the newest first, with their items. */
export async function listDunningRuns(
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly status?: DunningRun['status'];
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly DunningRun[]> {
  const { legalEntity = null, status = null } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-runOn', filter.after);
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_receivables.dunning_run r
      where (${legalEntity}::text is null or legal_entity = ${legalEntity})
        and (${status}::text is null or status = ${status})
        and starts_with(number, ${filter.number ?? ''})
        and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
  return await withItems(handle, found);
}

/** How many dunning runs wait for approval. */
export const dunningRunsToDecide = (handle: Handle, legalEntity: string): Promise<number> =>
  proposedRuns(handle, DUNNING, legalEntity);

/** A run with its items, the longest overdue first. */
export async function findDunningRun(
  handle: Handle,
  id: string,
  lock = false,
): Promise<DunningRun | undefined> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_receivables.dunning_run
      where id = ${id} ${lock ? sql`for update` : sql``}`,
  );
  return (await withItems(handle, found))[0];
}

async function withItems(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly DunningRun[]> {
  type Row = Omit<DunningItem, 'leftOutBecause'> & {
    readonly run: string;
    readonly isLeftOut: boolean;
    readonly reason: NonNullable<DunningItem['leftOutBecause']> | null;
  };
  const items = await rows<Row>(
    handle,
    sql`select run_id as run, item_id as item, customer, level, days_overdue as "daysOverdue",
        currency, amount::text as amount, is_left_out as "isLeftOut", reason
      from erp_receivables.dunning_run_item where run_id = any(${headers.map(({ id }) => id)})
      order by run_id, days_overdue desc, item_id`,
  );
  const byRun = Map.groupBy(items, ({ run }) => run);
  return headers.map((header) => ({
    ...header,
    items: (byRun.get(header.id) ?? []).map(({ run: _run, reason, ...item }) =>
      reason === null ? item : { ...item, leftOutBecause: reason },
    ),
  }));
}

/** Leaves items out of a proposed run, or takes them in again. Blocked ones stay out. */
export const changeDunningRun = async (
  tx: Handle,
  change: SeenRun & {
    readonly items: readonly { readonly item: string; readonly isLeftOut: boolean }[];
  },
): Promise<Result<{ readonly version: number }, Code>> =>
  await changeRun(tx, DUNNING, await findDunningRun(tx, change.id, true), change);

/** Approves a proposed run, by another than who made it, or withdraws one that is not executed. */
export const decideDunningRun = async (
  tx: Handle,
  context: ErpContext,
  wish: SeenRun & { readonly decision: 'approve' | 'withdraw' },
): Promise<Result<{ readonly version: number }, Code>> =>
  await decideRun(tx, context, DUNNING, await findDunningRun(tx, wish.id, true), wish);
