import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Name, Refusal, Result } from '#erp/company';
import type { LocalDate } from '#kernel/time';
import type { LedgerProblemCode } from './errors.ts';
import { forgetMasters } from './masters.ts';

/** A place in the company that answers for costs. */
export type CostCentre = {
  readonly code: string;
  readonly name: Name;
  readonly parent?: string;
  readonly responsible?: string;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate; // The last day.
  readonly version: number;
};

/** A cost centre as it is asked for. */
export type CostCentreDraft = Omit<CostCentre, 'version'>;

type Row = Omit<CostCentre, 'parent' | 'responsible' | 'validTo'> & {
  readonly parent: string | null;
  readonly responsible: string | null;
  readonly validTo: LocalDate | null;
};

const SELECTED = sql`code, name, parent, responsible, valid_from as "validFrom",
  valid_to as "validTo", version`;

/** Adds cost centres; a parent may come in the same call, before its children. */
export async function createCostCentres(
  tx: Handle,
  context: ErpContext,
  drafts: readonly CostCentreDraft[],
): Promise<Result<CostCentre, LedgerProblemCode>[]> {
  const known = new Set((await listCostCentres(tx, context.legalEntity)).map(({ code }) => code));
  const results = drafts.map((draft): Result<CostCentre, LedgerProblemCode> => {
    const refusal = problemOf(draft, known);
    if (refusal !== undefined) return refusal;
    known.add(draft.code);
    return accept({ ...draft, version: 1 });
  });
  const at = context.clock();
  await insertRows(
    tx,
    'erp_ledger.cost_centre',
    {
      legal_entity: 'text',
      code: 'text',
      name: 'jsonb',
      parent: 'text',
      responsible: 'text',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    results.flatMap((each) =>
      each.ok
        ? [
            {
              legal_entity: context.legalEntity,
              code: each.value.code,
              name: JSON.stringify(each.value.name),
              parent: each.value.parent,
              responsible: each.value.responsible,
              valid_from: each.value.validFrom,
              valid_to: each.value.validTo,
              created_by: context.by,
              created_at: at,
            },
          ]
        : [],
    ),
  );
  forgetMasters(tx, context.legalEntity);
  return results;
}

/** Renames a cost centre, gives it to somebody else or ends it, if it is still at `version`. */
export async function updateCostCentre(
  tx: Handle,
  context: ErpContext,
  change: Pick<CostCentre, 'code' | 'version'> &
    Partial<Pick<CostCentre, 'name' | 'responsible' | 'validTo'>>,
): Promise<Result<CostCentre, LedgerProblemCode>> {
  const { code, version, name, responsible, validTo } = change;
  const before = (await listCostCentres(tx, context.legalEntity)).find(
    (each) => each.code === code,
  );
  if (before === undefined) {
    return refuse('ledger.no-such-cost-centre', `there is no cost centre ${code}`, 'code');
  }
  if (validTo !== undefined && validTo < before.validFrom) {
    return refuse('ledger.bad-cost-centre', 'it ends before it begins', 'validTo');
  }
  const [changed] = await rows<Row>(
    tx,
    sql`update erp_ledger.cost_centre set version = version + 1,
        name = coalesce(${name === undefined ? null : JSON.stringify(name)}::jsonb, name),
        responsible = coalesce(${responsible ?? null}, responsible),
        valid_to = coalesce(${validTo ?? null}::date, valid_to)
      where legal_entity = ${context.legalEntity} and code = ${code} and version = ${version}
      returning ${SELECTED}`,
  );
  forgetMasters(tx, context.legalEntity);
  return changed === undefined
    ? refuse('ledger.moved-on', `cost centre ${code} was changed meanwhile`, 'version')
    : accept(costCentreOf(changed));
}

/** Cost centres of a legal entity, by code. */
export async function listCostCentres(handle: Handle, legalEntity: string): Promise<CostCentre[]> {
  const found = await rows<Row>(
    handle,
    sql`select ${SELECTED} from erp_ledger.cost_centre
      where legal_entity = ${legalEntity} order by code`,
  );
  return found.map(costCentreOf);
}

function costCentreOf({ parent, responsible, validTo, ...rest }: Row): CostCentre {
  return {
    ...rest,
    ...(parent === null ? {} : { parent }),
    ...(responsible === null ? {} : { responsible }),
    ...(validTo === null ? {} : { validTo }),
  };
}

function problemOf(
  draft: CostCentreDraft,
  known: ReadonlySet<string>,
): Refusal<LedgerProblemCode> | undefined {
  const { code, name, parent, validFrom, validTo } = draft;
  if (known.has(code)) return refuse('ledger.cost-centre-exists', `there is a ${code}`, 'code');
  if (code.trim() === '' || name.en.trim() === '') {
    return refuse('ledger.bad-cost-centre', 'it has a code and a name', 'name');
  }
  if (validTo !== undefined && validTo < validFrom) {
    return refuse('ledger.bad-cost-centre', 'it ends before it begins', 'validTo');
  }
  return parent === undefined || known.has(parent)
    ? undefined
    : refuse('ledger.no-such-cost-centre', `there is no cost centre ${parent}`, 'parent');
}
