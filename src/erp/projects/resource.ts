import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ProjectsProblemCode } from './errors.ts';

type Code = ProjectsProblemCode;

/** What an hour costs and is charged at from a day on; company currency. */
export type ResourceRate = {
  readonly validFrom: LocalDate;
  readonly costRate: Decimal;
  readonly billRate: Decimal;
};

/** Who, or what, works by the hour for projects. */
export type Resource = {
  readonly id: string;
  readonly legalEntity: string;
  readonly code: string;
  readonly name: string;
  readonly costCentre: string | null; // That gives the hours.
  readonly status: 'active' | 'inactive';
  readonly version: number;
  readonly rates: readonly ResourceRate[]; // The newest first.
};

/** A resource as it is asked for. */
export type ResourceDraft = Pick<Resource, 'code' | 'name' | 'rates'> & {
  readonly costCentre?: string;
};

/** A change of a resource that is still at `version`. */
export type ResourceChange = Pick<Resource, 'id' | 'version'> &
  Partial<Pick<Resource, 'name' | 'status'>> & {
    readonly costCentre?: string | undefined; // Undefined: none from now on.
    readonly rate?: ResourceRate; // One more: a day that has one keeps it.
  };

const ZERO = decimal('0');
const RESOURCE = {
  id: 'text',
  legal_entity: 'text',
  code: 'text',
  name: 'text',
  cost_centre: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const RATE = {
  resource: 'text',
  valid_from: 'date',
  cost_rate: 'numeric',
  bill_rate: 'numeric',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

/** Takes resources in, each with a rate at least. */
export async function createResources(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ResourceDraft[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  const { by, clock, legalEntity } = context;
  await lockCodes(tx, legalEntity);
  const taken = new Set((await listResources(tx, legalEntity)).map(({ code }) => code));
  const now = clock();
  const made: (ResourceDraft & { readonly id: string })[] = [];
  const results = drafts.map((draft): Result<{ readonly id: string }, Code> => {
    const problem = draftProblem(draft);
    if (problem !== undefined) return problem;
    if (taken.has(draft.code)) {
      return refuse('projects.code-taken', `${draft.code} is there already`, 'code');
    }
    taken.add(draft.code);
    const id = newId('rs', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  const values = made.map(({ id, code, name, costCentre }) => ({
    id,
    legal_entity: legalEntity,
    code,
    name,
    cost_centre: costCentre,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.resource', RESOURCE, values);
  const rates = made.flatMap(({ id, rates: own }) => own.map((rate) => ({ ...rate, id })));
  await writeRates(tx, context, rates);
  return results;
}

/** Changes resources, and adds what their hours cost from a day on. */
export async function updateResources(
  tx: Handle,
  context: ErpContext,
  changes: readonly ResourceChange[],
): Promise<readonly Result<{ readonly id: string; readonly version: number }, Code>[]> {
  const known = new Map(
    await lockResources(
      tx,
      changes.map(({ id }) => id),
    ),
  );
  const rates: (ResourceRate & { readonly id: string })[] = [];
  const changed = new Set<string>();
  const results = changes.map((change): Result<{ id: string; version: number }, Code> => {
    const before = known.get(change.id);
    if (before?.legalEntity !== context.legalEntity) {
      return refuse('projects.no-such-resource', `there is no resource ${change.id}`, 'id');
    }
    if (before.version !== change.version) {
      return refuse('projects.moved-on', `${before.code} has been changed`, 'version');
    }
    const { rate, ...rest } = change;
    const after: Resource = {
      ...before,
      ...rest,
      costCentre: 'costCentre' in change ? (change.costCentre ?? null) : before.costCentre,
      version: before.version + 1,
      rates: rate === undefined ? before.rates : [rate, ...before.rates],
    };
    const problem = draftProblem({ code: after.code, name: after.name, rates: after.rates });
    if (problem !== undefined) return problem;
    if (rate !== undefined) rates.push({ ...rate, id: after.id });
    known.set(after.id, after);
    changed.add(after.id);
    return accept({ id: after.id, version: after.version });
  });
  const values = [...changed].flatMap((id) => {
    const found = known.get(id);
    if (found === undefined) return [];
    const { name, costCentre, status, version } = found;
    return [{ id, name, cost_centre: costCentre, status, version }];
  });
  const columns = {
    id: 'text',
    name: 'text',
    cost_centre: 'text',
    status: 'text',
    version: 'integer',
  } as const;
  await rows(
    tx,
    sql`update erp_projects.resource r set name = c.name, cost_centre = c.cost_centre,
        status = c.status, version = c.version
      from ${unnested('c', columns, values)} where r.id = c.id`,
  );
  await writeRates(tx, context, rates);
  return results;
}

const SELECTED = sql`r.id, r.legal_entity as "legalEntity", r.code, r.name,
  r.cost_centre as "costCentre", r.status, r.version, (
    select coalesce(jsonb_agg(jsonb_build_object('validFrom', h.valid_from, 'costRate',
      h.cost_rate::text, 'billRate', h.bill_rate::text) order by h.valid_from desc), '[]')
    from erp_projects.resource_rate h where h.resource = r.id) as rates`;

/** Resources of a legal entity, by code. */
export const listResources = (handle: Handle, legalEntity: string): Promise<readonly Resource[]> =>
  rows<Resource>(
    handle,
    sql`select ${SELECTED} from erp_projects.resource r
      where r.legal_entity = ${legalEntity} order by r.code`,
  );

/** Resources by id, locked in the order of ids: who posts their hours waits for who else does. */
export async function lockResources(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Resource>> {
  const found = await rows<Resource>(
    tx,
    sql`select ${SELECTED} from erp_projects.resource r where r.id = any(${[...new Set(ids)]})
      order by r.id for no key update`,
  );
  return new Map(found.map((resource) => [resource.id, resource]));
}

/** What an hour costs on a day. */
export const rateOn = ({ rates }: Resource, on: LocalDate): ResourceRate | undefined =>
  rates.find(({ validFrom }) => validFrom <= on);

function draftProblem({ code, name, rates }: ResourceDraft): Refusal<Code> | undefined {
  if (code === '' || name === '') {
    return refuse('projects.bad-resource', 'a resource has a code and a name', 'code');
  }
  if (rates.length === 0) {
    return refuse('projects.bad-resource', 'a resource has a rate', 'rates');
  }
  if (new Set(rates.map(({ validFrom }) => validFrom)).size < rates.length) {
    return refuse('projects.code-taken', 'that day has a rate', 'rates');
  }
  return rates.some(
    ({ costRate, billRate }) =>
      compareDecimals(costRate, ZERO) < 0 || compareDecimals(billRate, ZERO) < 0,
  )
    ? refuse('projects.bad-resource', 'a rate is not below zero', 'rates')
    : undefined;
}

async function writeRates(
  tx: Handle,
  { by, clock }: ErpContext,
  rates: readonly (ResourceRate & { readonly id: string })[],
): Promise<void> {
  const now = clock();
  const values = rates.map(({ id, validFrom, costRate, billRate }) => ({
    resource: id,
    valid_from: validFrom,
    cost_rate: costRate,
    bill_rate: billRate,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.resource_rate', RATE, values);
}

/** Who takes codes waits for who else does. */
const lockCodes = (tx: Handle, legalEntity: string): Promise<unknown> =>
  rows(tx, sql`select pg_advisory_xact_lock(hashtext(${`erp_projects ${legalEntity}`}))`);
