import type { Handle } from '#database';
import { ratesOn } from '#erp/company';
import type { FoundRate } from '#erp/company';
import { readProjects } from '#erp/company/projects';
import type { ProjectProblem } from '#erp/company/projects';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import type { LocalDate } from '#kernel/time';
import { determinationBy } from './determination.ts';
import type { Determination } from './determination.ts';
import { lockPeriods } from './lock-periods.ts';
import { readMasters } from './masters.ts';
import type { AccountFacts, CostCentreFacts, Named } from './masters.ts';
import type { Period } from './period.ts';

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
    lockPeriods(
      tx,
      wishes.flatMap(({ legalEntity, days }) => days.map((day) => ({ legalEntity, day }))),
    ),
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
            fourEyes: master.fourEyes,
            accounts: master.accounts,
            costCentres: master.costCentres,
            determine: determinationBy(master.rules),
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
