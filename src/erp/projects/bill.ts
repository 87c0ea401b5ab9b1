import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** What was charged of a project; the customer's invoice is in receivables. */
export type Bill = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly project: string;
  readonly postedOn: LocalDate;
  readonly invoice: string;
  readonly invoiceNumber: string;
  readonly net: Decimal; // Company currency.
  readonly milestones: readonly string[];
  readonly hours: Decimal;
  readonly cancelledOn: LocalDate | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

const SELECTED = sql`b.id, b.legal_entity as "legalEntity", b.number, b.project_id as project,
  b.posted_on as "postedOn", b.invoice_id as invoice, b.invoice_number as "invoiceNumber",
  b.net::text as net, (select coalesce(jsonb_agg(l.milestone order by l.number), '[]')
    from erp_projects.bill_line l where l.bill_id = b.id and l.milestone is not null) as milestones,
  (select coalesce(sum(t.hours), 0)::text from erp_projects.bill_line l
    join erp_projects.time_line t on t.sheet_id = l.sheet_id and t.number = l.sheet_line
    where l.bill_id = b.id) as hours,
  x.cancelled_on as "cancelledOn", b.created_by as "createdBy", b.created_at as "createdAt"`;

/** Which bills to list. */
export type BillFilter = {
  readonly legalEntity?: string;
  readonly project?: string;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Bills, the newest first. */
export const listBills = (handle: Handle, filter: BillFilter): Promise<readonly Bill[]> => {
  const { legalEntity = null, project = null, after = null } = filter;
  return rows<Bill>(
    handle,
    sql`select ${SELECTED} from erp_projects.bill b
      left join erp_projects.bill_cancellation x on x.bill_id = b.id
      where (${legalEntity}::text is null or b.legal_entity = ${legalEntity})
        and (${project}::text is null or b.project_id = ${project})
        and (${after}::text is null or (b.number, b.id) <
          (select a.number, a.id from erp_projects.bill a where a.id = ${after}))
      order by b.number desc, b.id desc limit ${filter.limit}`,
  );
};

/** Bills by id. */
export async function findBills(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Bill>> {
  const found = await rows<Bill>(
    handle,
    sql`select ${SELECTED} from erp_projects.bill b
      left join erp_projects.bill_cancellation x on x.bill_id = b.id where b.id = any(${[...ids]})`,
  );
  return new Map(found.map((bill) => [bill.id, bill]));
}

/** Bills of projects that stand. */
export const standingBills = (
  handle: Handle,
  projects: readonly string[],
): Promise<readonly Bill[]> =>
  rows<Bill>(
    handle,
    sql`select ${SELECTED} from erp_projects.bill b
      left join erp_projects.bill_cancellation x on x.bill_id = b.id
      where b.project_id = any(${[...projects]}) and x.bill_id is null order by b.number`,
  );

/** Hours of a project that may be charged. */
export type ChargeableHours = {
  readonly project: string;
  readonly sheet: string;
  readonly line: number;
  readonly task: string;
  readonly resource: string; // Its name.
  readonly workedOn: LocalDate;
  readonly hours: Decimal;
  readonly billRate: Decimal;
  readonly charge: Decimal; // Exact.
};

/**
 * Hours that stand and nobody was charged for, oldest first. `on`: as it was at the end of that day,
 * so that what was worked or charged later does not count.
 */
export const chargeableHours = (
  handle: Handle,
  wish: { readonly projects: readonly string[]; readonly on?: LocalDate },
): Promise<readonly ChargeableHours[]> =>
  rows<ChargeableHours>(
    handle,
    sql`select l.project_id as project, l.sheet_id as sheet, l.number as line, l.task,
        r.name as resource, l.worked_on as "workedOn", l.hours::text as hours,
        l.bill_rate::text as "billRate", l.charge::text as charge
      from erp_projects.time_line l
      join erp_projects.time_sheet s on s.id = l.sheet_id and s.kind = 'time'
      join erp_projects.resource r on r.id = l.resource
      where l.project_id = any(${[...wish.projects]}) and l.charge > 0
        and s.posted_on <= ${wish.on ?? 'infinity'}::date
        and not exists (select from erp_projects.time_sheet b where b.reverses = s.id)
        and not exists (select from erp_projects.bill_line c
          join erp_projects.bill b on b.id = c.bill_id
          where c.sheet_id = l.sheet_id and c.sheet_line = l.number and c.stands
            and b.posted_on <= ${wish.on ?? 'infinity'}::date)
      order by l.worked_on, l.sheet_id, l.number`,
  );
