import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { ratesOn } from '#erp/company';
import type { FoundRate } from '#erp/company';
import { readProjects } from '#erp/company/projects';
import type { ProjectProblem } from '#erp/company/projects';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import type { LocalDate } from '#kernel/time';
import { determinationBy } from './determination.ts';
import type { Determination, DeterminationRule } from './determination.ts';
import { PERIOD_COLUMNS } from './period.ts';
import type { Period } from './period.ts';

/** What deciding asks of an account. */
export type AccountFacts = {
  readonly controlOf: string | null;
  readonly currency: string | null;
  readonly blocked: boolean;
};

/** What deciding asks of a cost centre. */
export type CostCentreFacts = { readonly validFrom: LocalDate; readonly validTo: LocalDate | null };

/** Everything about one legal entity that deciding its entries needs. */
export type EntityFacts = {
  readonly currency: CurrencyCode;
  readonly fourEyes: boolean;
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  readonly determine: Determination;
  readonly costCentres: ReadonlyMap<string, CostCentreFacts>;
  readonly projectProblem: ProjectProblem; // Of lines by hand: documents have asked before.
  readonly periods: readonly Period[]; // Those that cover a day asked for; locked for share.
  readonly rates: ReadonlyMap<string, FoundRate>; // By 'currency day'.
};

/** Which facts are needed. */
export type FactsWish = {
  readonly legalEntity: string;
  readonly days: readonly LocalDate[];
  readonly currencies: readonly { readonly currency: string; readonly on: LocalDate }[];
  readonly projects: readonly string[]; // That lines by hand name.
};

/** What drafts name: of the master data, no more than this is read. */
export type Named = {
  readonly postings: readonly string[];
  readonly accounts: readonly string[];
  readonly costCentres: readonly string[];
};

/**
 * Reads what deciding needs, one query a table; without `named` all accounts, rules and cost centres. The periods stay locked for share until the
 * transaction ends, so that nobody closes one while its entries are being written.
 */
export async function readEntryFacts(
  tx: Handle,
  wishes: readonly FactsWish[],
  currencyOf: ReadonlyMap<string, string>,
  named?: Named,
): Promise<ReadonlyMap<string, EntityFacts>> {
  const entities = [...currencyOf.keys()];
  const rateWishes = wishes.flatMap(({ legalEntity, currencies }) => {
    const to = currencyOf.get(legalEntity);
    return to === undefined
      ? []
      : currencies.map(({ currency, on }) => ({ from: currency, to, on }));
  });
  const distinct = [
    ...new Map(rateWishes.map((each) => [Object.values(each).join(), each])).values(),
  ];
  const [periods, masters, found, problems] = await Promise.all([
    lockPeriods(tx, wishes),
    readMasters(tx, entities, named),
    ratesOn(tx, distinct),
    projectProblems(tx, wishes),
  ]);
  return new Map(
    entities.flatMap((entity) => {
      const currency = parseCurrency(currencyOf.get(entity) ?? '');
      const master = masters.get(entity);
      if (currency === undefined || master === undefined) return [];
      const rates = distinct.flatMap(({ from, to, on }, at) => {
        const rate = found[at];
        return rate === undefined || to !== currency ? [] : [[`${from} ${on}`, rate] as const];
      });
      return [
        [
          entity,
          {
            ...master,
            currency,
            projectProblem: problems.get(entity) ?? (() => undefined),
            periods: periods.filter((each) => each.legalEntity === entity),
            rates: new Map(rates),
          },
        ] as const,
      ];
    }),
  );
}

async function projectProblems(
  tx: Handle,
  wishes: readonly FactsWish[],
): Promise<ReadonlyMap<string, ProjectProblem>> {
  const found = await Promise.all(
    wishes.map(async ({ legalEntity, projects }) => {
      const lines = projects.map((project) => ({ project }));
      return [legalEntity, await readProjects(tx, legalEntity, lines)] as const;
    }),
  );
  return new Map(found);
}

function lockPeriods(tx: Handle, wishes: readonly FactsWish[]): Promise<Period[]> {
  const days = wishes.flatMap(({ legalEntity, days: wanted }) =>
    [...new Set(wanted)].map((day) => ({ legal_entity: legalEntity, day })),
  );
  return rows<Period>(
    tx,
    sql`select ${PERIOD_COLUMNS} from erp_ledger.period
      where (legal_entity, fiscal_year, number) in (
        select p.legal_entity, p.fiscal_year, p.number
        from ${unnested('asked', { legal_entity: 'text', day: 'date' }, days)}
        join erp_ledger.period p on p.legal_entity = asked.legal_entity
          and p.from_on <= asked.day and p.to_on >= asked.day)
      order by legal_entity, fiscal_year, number for share`,
  );
}

type Masters = Pick<EntityFacts, 'fourEyes' | 'accounts' | 'determine' | 'costCentres'>;

/** Accounts, rules and cost centres: small tables, read for the entities concerned. */
async function readMasters(
  tx: Handle,
  entities: readonly string[],
  named: Named | undefined,
): Promise<ReadonlyMap<string, Masters>> {
  const rules =
    named === undefined ? sql`true` : sql`d.posting = any(${[...named.postings]}::text[])`;
  const accounts =
    named === undefined
      ? sql`true`
      : sql`(a.number = any(${[...named.accounts]}::text[]) or a.number in (
          select d.account from erp_ledger.determination d
          where d.legal_entity = entity and ${rules}))`;
  const centres =
    named === undefined ? sql`true` : sql`c.code = any(${[...named.costCentres]}::text[])`;
  const found = await rows<{
    entity: string;
    four_eyes: boolean;
    accounts: Record<string, AccountFacts> | null;
    rules: (Record<string, string> & { key: DeterminationRule['key']; account: string })[] | null;
    centres: Record<string, CostCentreFacts> | null;
  }>(
    tx,
    sql`select entity, coalesce((select four_eyes from erp_ledger.setting
          where legal_entity = entity), false) as four_eyes,
        (select json_object_agg(number, json_build_object('controlOf', control_of,
          'currency', currency, 'blocked', blocked))
          from erp_ledger.account a where a.legal_entity = entity and ${accounts}) as accounts,
        (select json_agg(json_build_object('key', posting, 'itemGroup', item_group,
          'taxCode', tax_code, 'partyGroup', party_group, 'bankAccount', bank_account,
          'account', account))
          from erp_ledger.determination d where d.legal_entity = entity and ${rules}) as rules,
        (select json_object_agg(code, json_build_object('validFrom', valid_from,
          'validTo', valid_to))
          from erp_ledger.cost_centre c where c.legal_entity = entity and ${centres}) as centres
      from unnest(${[...entities]}::text[]) as entity`,
  );
  return new Map(
    found.map((row) => [
      row.entity,
      {
        fourEyes: row.four_eyes,
        accounts: new Map(Object.entries(row.accounts ?? {})),
        costCentres: new Map(Object.entries(row.centres ?? {})),
        determine: determinationBy((row.rules ?? []).map(ruleOf)),
      },
    ]),
  );
}

/** '' says any: it becomes what is left out. */
function ruleOf(
  row: Record<string, string> & { key: DeterminationRule['key']; account: string },
): DeterminationRule {
  const { key, account, ...narrowing } = row;
  return {
    key,
    account,
    ...Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== '')),
  };
}
