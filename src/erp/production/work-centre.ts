import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { listCostCentres } from '#erp/ledger';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';

type Code = ProductionProblemCode;

/** What an hour at a work centre costs from a day on; company currency. */
export type WorkCentreRate = {
  readonly validFrom: LocalDate;
  readonly machineRate: Decimal;
  readonly labourRate: Decimal;
};

/** A machine, a group of them, or people, that operations are done at. */
export type WorkCentre = {
  readonly id: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly name: string;
  readonly kind: 'machine' | 'labour' | 'line';
  readonly costCentre: string | null; // That its hours are credited to.
  readonly machines: number; // Places that work side by side.
  readonly hoursPerDay: Decimal; // Of each.
  readonly weekdays: readonly number[]; // 1 Monday to 7 Sunday.
  readonly status: 'active' | 'inactive';
  readonly version: number;
  readonly rates: readonly WorkCentreRate[]; // The newest first.
};

/** A work centre as it is asked for. */
export type WorkCentreDraft = Pick<WorkCentre, 'code' | 'name' | 'kind'> &
  Partial<Pick<WorkCentre, 'machines' | 'hoursPerDay' | 'weekdays'>> & {
    readonly costCentre?: string;
    readonly rates: readonly WorkCentreRate[];
  };

const ZERO = decimal('0');
const WORKDAYS = [1, 2, 3, 4, 5];

const CENTRE = {
  id: 'text',
  legal_entity: 'text',
  code: 'text',
  name: 'text',
  kind: 'text',
  cost_centre: 'text',
  machines: 'integer',
  hours_per_day: 'numeric',
  weekdays: 'jsonb',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Opens work centres, each with a rate at least. */
export async function createWorkCentres(
  tx: Handle,
  context: ErpContext,
  drafts: readonly WorkCentreDraft[],
): Promise<readonly Result<{ id: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  await lockCodes(tx, legalEntity);
  const taken = new Set((await listWorkCentres(tx, legalEntity)).map(({ code }) => code));
  const known = await costCentresOf(tx, legalEntity);
  const now = clock();
  const made: (WorkCentreDraft & { readonly id: string })[] = [];
  const results = drafts.map((draft): Result<{ id: string }, Code> => {
    const problem = centreProblem(draft) ?? costCentreProblem(draft.costCentre, known);
    if (problem !== undefined) return problem;
    if (taken.has(draft.code)) {
      return refuse('production.code-taken', `${draft.code} is there already`, 'code');
    }
    taken.add(draft.code);
    const id = newId('wc', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  const written = made.map((draft) => ({
    id: draft.id,
    legal_entity: legalEntity,
    code: draft.code,
    name: draft.name,
    kind: draft.kind,
    cost_centre: draft.costCentre,
    machines: draft.machines ?? 1,
    hours_per_day: draft.hoursPerDay ?? '8',
    weekdays: JSON.stringify(draft.weekdays ?? WORKDAYS),
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_production.work_centre', CENTRE, written);
  const rates = made.flatMap((draft) => draft.rates.map((rate) => ({ ...rate, id: draft.id })));
  await writeRates(tx, context, rates);
  return results;
}

/** Adds what an hour costs from a day on. A rate that is there for the day stays. */
export async function addRates(
  tx: Handle,
  context: ErpContext,
  drafts: readonly (WorkCentreRate & { readonly workCentre: string })[],
): Promise<readonly Result<{ id: string }, Code>[]> {
  await lockCodes(tx, context.legalEntity);
  const centres = await workCentresById(
    tx,
    drafts.map(({ workCentre }) => workCentre),
  );
  const good: (WorkCentreRate & { readonly id: string })[] = [];
  const results = drafts.map((draft): Result<{ id: string }, Code> => {
    const centre = centres.get(draft.workCentre);
    if (centre?.legalEntity !== context.legalEntity) {
      const message = `there is no work centre ${draft.workCentre}`;
      return refuse('production.no-such-work-centre', message, 'workCentre');
    }
    const problem = rateProblem([draft]);
    if (problem !== undefined) return problem;
    const known = [...centre.rates, ...good.filter(({ id }) => id === centre.id)];
    if (known.some(({ validFrom }) => validFrom === draft.validFrom)) {
      return refuse('production.code-taken', 'that day has a rate', 'validFrom');
    }
    good.push({ ...draft, id: centre.id });
    return accept({ id: centre.id });
  });
  await writeRates(tx, context, good);
  return results;
}

/** Changes work centres that are still at `version`. */
export async function updateWorkCentres(
  tx: Handle,
  context: ErpContext,
  changes: readonly (Pick<WorkCentre, 'id' | 'version'> &
    Partial<
      Pick<WorkCentre, 'name' | 'costCentre' | 'machines' | 'hoursPerDay' | 'weekdays' | 'status'>
    >)[],
): Promise<readonly Result<{ id: string; version: number }, Code>[]> {
  await lockCodes(tx, context.legalEntity);
  const centres = new Map(
    await workCentresById(
      tx,
      changes.map(({ id }) => id),
    ),
  );
  const known = await costCentresOf(tx, context.legalEntity);
  const results = changes.map((change): Result<{ id: string; version: number }, Code> => {
    const before = centres.get(change.id);
    if (before?.legalEntity !== context.legalEntity) {
      const message = `there is no work centre ${change.id}`;
      return refuse('production.no-such-work-centre', message, 'id');
    }
    if (before.version !== change.version) {
      return refuse('production.moved-on', `${before.code} has been changed`, 'version');
    }
    const after = { ...before, ...change, version: before.version + 1 };
    const problem = centreProblem(after) ?? costCentreProblem(after.costCentre, known);
    if (problem !== undefined) return problem;
    centres.set(after.id, after);
    return accept({ id: after.id, version: after.version });
  });
  const columns = { ...CENTRE, status: 'text', version: 'integer' } as const;
  const changed = new Set(results.flatMap((each) => (each.ok ? [each.value.id] : [])));
  const values = [...centres.values()]
    .filter(({ id }) => changed.has(id))
    .map((centre) => ({
      id: centre.id,
      legal_entity: centre.legalEntity,
      code: centre.code,
      name: centre.name,
      kind: centre.kind,
      cost_centre: centre.costCentre,
      machines: centre.machines,
      hours_per_day: centre.hoursPerDay,
      weekdays: JSON.stringify(centre.weekdays),
      created_by: context.by,
      created_at: context.clock(),
      status: centre.status,
      version: centre.version,
    }));
  await rows(
    tx,
    sql`update erp_production.work_centre w set name = c.name, cost_centre = c.cost_centre,
        machines = c.machines, hours_per_day = c.hours_per_day, weekdays = c.weekdays,
        status = c.status, version = c.version
      from ${unnested('c', columns, values)} where w.id = c.id`,
  );
  return results;
}

const SELECTED = sql`w.id, w.legal_entity as "legalEntity", w.code, w.name, w.kind,
  w.cost_centre as "costCentre", w.machines, w.hours_per_day::text as "hoursPerDay", w.weekdays,
  w.status, w.version, (select jsonb_agg(jsonb_build_object('validFrom', r.valid_from,
      'machineRate', r.machine_rate::text, 'labourRate', r.labour_rate::text)
      order by r.valid_from desc)
    from erp_production.work_centre_rate r where r.work_centre = w.id) as rates`;

/** The work centres of a legal entity, by code. */
export const listWorkCentres = (
  handle: Handle,
  legalEntity: string,
): Promise<readonly WorkCentre[]> =>
  rows<WorkCentre>(
    handle,
    sql`select ${SELECTED} from erp_production.work_centre w
      where w.legal_entity = ${legalEntity} order by w.code`,
  );

/** Work centres by id. */
export async function workCentresById(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WorkCentre>> {
  const found = await rows<WorkCentre>(
    handle,
    sql`select ${SELECTED} from erp_production.work_centre w
      where w.id = any(${[...new Set(ids)]})`,
  );
  return new Map(found.map((centre) => [centre.id, centre]));
}

/** What an hour costs on a day. Undefined: no rate began by then. */
export const rateOn = (
  { rates }: Pick<WorkCentre, 'rates'>,
  on: LocalDate,
): WorkCentreRate | undefined => rates.find(({ validFrom }) => validFrom <= on);

const lockCodes = (tx: Handle, legalEntity: string): Promise<unknown> =>
  rows(
    tx,
    sql`select pg_advisory_xact_lock(
      hashtextextended(${`erp_production.work_centre ${legalEntity}`}, 0))`,
  );

const writeRates = (
  tx: Handle,
  { by, clock }: ErpContext,
  rates: readonly (WorkCentreRate & { readonly id: string })[],
): Promise<void> =>
  insertRows(
    tx,
    'erp_production.work_centre_rate',
    {
      work_centre: 'text',
      valid_from: 'date',
      machine_rate: 'numeric',
      labour_rate: 'numeric',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    rates.map(({ id, validFrom, machineRate, labourRate }) => ({
      work_centre: id,
      valid_from: validFrom,
      machine_rate: machineRate,
      labour_rate: labourRate,
      created_by: by,
      created_at: clock(),
    })),
  );

function centreProblem(
  draft: Pick<WorkCentreDraft, 'code' | 'name' | 'machines' | 'hoursPerDay' | 'weekdays' | 'rates'>,
): Refusal<Code> | undefined {
  const { machines = 1, hoursPerDay = decimal('8'), weekdays = WORKDAYS } = draft;
  const checks: readonly (readonly [boolean, string, string])[] = [
    [draft.code.trim() !== '' && draft.name.trim() !== '', 'code', 'it has a code and a name'],
    [Number.isInteger(machines) && machines > 0, 'machines', 'it has a place at least'],
    [
      compareDecimals(hoursPerDay, ZERO) > 0 && compareDecimals(hoursPerDay, decimal('24')) <= 0,
      'hoursPerDay',
      'a day has 24 hours',
    ],
    [
      weekdays.length > 0 &&
        weekdays.every((day) => WORKDAYS.includes(day) || [6, 7].includes(day)),
      'weekdays',
      'weekdays are 1 to 7',
    ],
    [draft.rates.length > 0, 'rates', 'it has a rate'],
  ];
  const failed = checks.find(([right]) => !right);
  if (failed !== undefined) {
    return refuse('production.bad-work-centre', failed[2], failed[1]);
  }
  return rateProblem(draft.rates);
}

const costCentresOf = async (handle: Handle, legalEntity: string): Promise<ReadonlySet<string>> =>
  new Set((await listCostCentres(handle, legalEntity)).map(({ code }) => code));

const costCentreProblem = (
  code: string | null | undefined,
  known: ReadonlySet<string>,
): Refusal<Code> | undefined =>
  code === undefined || code === null || known.has(code)
    ? undefined
    : refuse('production.no-such-cost-centre', `there is no cost centre ${code}`, 'costCentre');

function rateProblem(rates: readonly WorkCentreRate[]): Refusal<Code> | undefined {
  const isBelow = rates.some(
    ({ machineRate, labourRate }) =>
      compareDecimals(machineRate, ZERO) < 0 || compareDecimals(labourRate, ZERO) < 0,
  );
  const days = rates.map(({ validFrom }) => validFrom);
  return isBelow || new Set(days).size < days.length
    ? refuse('production.bad-work-centre', 'a rate is not below zero, and one a day', 'rates')
    : undefined;
}
