import { sql, rows } from '#database';
import type { Handle } from '#database';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { ProjectKind } from './project.ts';

/** What a project had earned on a day, and what of it the books show beside what was charged. */
export type Recognition = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly project: string;
  readonly on: LocalDate;
  readonly percent: Decimal;
  readonly earned: Decimal; // Charged, and unbilled, less deferred.
  readonly charged: Decimal;
  readonly unbilled: Decimal;
  readonly deferred: Decimal;
  readonly entry: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** What is known when it is decided what a project has earned. */
export type RecognitionFacts = {
  readonly kind: ProjectKind;
  readonly scale: number;
  readonly percent: Decimal; // Complete.
  readonly earnedValue: Decimal; // Of `budget`, which is the share that is done.
  readonly budget: Decimal;
  readonly plannedRevenue: Decimal;
  readonly charged: Decimal; // By the ledger, without what was recognised.
  readonly chargeable: readonly Decimal[]; // Of hours that nobody was charged for, exact.
};

/** What the books are to show of a project. */
export type Position = {
  readonly percent: Decimal;
  readonly earned: Decimal;
  readonly charged: Decimal;
  readonly unbilled: Decimal;
  readonly deferred: Decimal;
};

const ZERO = decimal('0');

/** What a project has earned: of a fixed price the share that is done, else the hours. Pure. */
export function positionOf(facts: RecognitionFacts): Position {
  const { kind, scale, percent, plannedRevenue, charged } = facts;
  const share = divideDecimals(
    multiplyDecimals(plannedRevenue, facts.earnedValue),
    facts.budget,
    scale,
  );
  const waiting = roundDecimal(sumDecimals(facts.chargeable), scale);
  const balance = kind === 'fixed-price' ? subtractDecimals(share ?? ZERO, charged) : waiting;
  return positionAt({ percent, charged, balance });
}

/** A project of which everything was charged has earned just that. */
export const settledPosition = (percent: Decimal, charged: Decimal): Position =>
  positionAt({ percent, charged, balance: ZERO });

function positionAt(of: {
  readonly percent: Decimal;
  readonly charged: Decimal;
  readonly balance: Decimal;
}): Position {
  const { percent, charged, balance } = of;
  const isUnbilled = compareDecimals(balance, ZERO) > 0;
  const none = subtractDecimals(balance, balance); // At the currency's scale.
  return {
    percent,
    charged,
    earned: subtractDecimals(charged, negateDecimal(balance)),
    unbilled: isUnbilled ? balance : none,
    deferred: isUnbilled ? none : negateDecimal(balance),
  };
}

/** What was recognised, the newest first. */
export const listRecognitions = (
  handle: Handle,
  filter: {
    readonly legalEntity?: string;
    readonly project?: string;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly Recognition[]> => {
  const { legalEntity = null, project = null, after = null } = filter;
  return rows<Recognition>(
    handle,
    sql`select id, legal_entity as "legalEntity", number, project_id as project, on_day as "on",
        percent::text as percent, earned::text as earned, charged::text as charged,
        unbilled::text as unbilled, deferred::text as deferred, entry_id as entry,
        created_by as "createdBy", created_at as "createdAt"
      from erp_projects.recognition
      where (${legalEntity}::text is null or legal_entity = ${legalEntity})
        and (${project}::text is null or project_id = ${project})
        and (${after}::text is null or (number, id) <
          (select a.number, a.id from erp_projects.recognition a where a.id = ${after}))
      order by number desc, id desc limit ${filter.limit}`,
  );
};

/** The day that a project's revenue was last recognised on. */
export async function lastRecognised(
  handle: Handle,
  projects: readonly string[],
): Promise<ReadonlyMap<string, LocalDate>> {
  const found = await rows<{ project: string; on: LocalDate }>(
    handle,
    sql`select project_id as project, max(on_day) as "on" from erp_projects.recognition
      where project_id = any(${[...projects]}) group by 1`,
  );
  return new Map(found.map(({ project, on }) => [project, on]));
}
