import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { tellBank } from './bank.ts';
import { drawOf, openBranch, PHASES } from './branch.ts';
import type { Branch, Phase, Today } from './branch.ts';
import { buy } from './buy.ts';
import { catalogueOf } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { consign } from './consign.ts';
import { countStock } from './count.ts';
import type { DayOf, JournalSide } from './intent.ts';
import { make } from './make.ts';
import { planOddities } from './oddities.ts';
import { fixedAssetsOf, planMonth } from './office.ts';
import { paySuppliers } from './pay.ts';
import type { Plan } from './plan.ts';
import { startProjects } from './project.ts';
import { openRates } from './rates.ts';
import type { Rate } from './rates.ts';
import { sell } from './sell.ts';
import { transfer } from './transfer.ts';
import { planSubscriptions } from './subscribe.ts';

/** A company that is lived day by day. What it does follows from its plan alone. */
export type World = {
  readonly catalogue: Catalogue;
  /** What is on the shelves before the first day: pieces by item and warehouse. */
  readonly opening: readonly {
    readonly entity: string;
    readonly item: string;
    readonly warehouse: string;
    readonly quantity: number;
  }[];
  /** Planned sales of a month by legal entity, in euro cents. */
  readonly plannedSales: ReadonlyMap<string, number>;
  /** What each legal entity works with before the first day. */
  readonly fixedAssets: ReadonlyMap<string, readonly JournalSide[]>;
  /** Lives the next day. */
  live(): LivedDay;
};

/**
 * Which world this is. It is raised whenever the same plan makes another company than before: who was
 * founded in another one cannot be lived again, so he rests.
 */
export const WORLD = 2;

/** A day of the company. */
export type LivedDay = {
  readonly on: LocalDate;
  readonly entities: readonly DayOf[];
  readonly rates: readonly Rate[]; // Of exchange, from this day on.
};

/**
 * Opens the company of a plan on the morning of its first day. With `only`, days of these legal
 * entities alone are lived: none asks what another did.
 */
export function openWorld(plan: Plan, only?: readonly string[]): World {
  const catalogue = catalogueOf(plan);
  const branches = catalogue.trades
    .filter(({ entity }) => only === undefined || only.includes(entity.code))
    .map((trade) => openBranch(plan, catalogue, trade));
  const ratesOn = openRates(plan);
  let index = 0;
  return {
    catalogue,
    opening: branches.flatMap(({ trade, shelves }) =>
      [...shelves.values()].map(({ item, warehouse, free }) => ({
        entity: trade.entity.code,
        item: item.number,
        warehouse,
        quantity: free,
      })),
    ),
    plannedSales: new Map(
      branches.map(({ trade, plannedSales }) => [trade.entity.code, plannedSales]),
    ),
    fixedAssets: new Map(
      branches.map((branch) => [branch.trade.entity.code, fixedAssetsOf(branch)]),
    ),
    live() {
      const on = addDays(plan.startedOn, index);
      const rates = ratesOn(index);
      const entities = branches.map((branch) => liveDay(branch, index));
      index += 1;
      return { on, entities, rates };
    },
  };
}

/** Lives one day of one legal entity: what was planned for it, then what it brings. */
function liveDay(branch: Branch, index: number): DayOf {
  const on = addDays(branch.plan.startedOn, index);
  const today: Today = { index, on, draw: drawOf(branch, index), intents: [], labels: [] };
  planMonth(branch, today);
  planOddities(branch, today);
  startProjects(branch, today);
  planSubscriptions(branch, today);
  const work = (phase: Phase): void => {
    for (const task of branch.agenda.get(index)?.get(phase) ?? []) task(today);
  };
  for (const phase of PHASES) {
    if (phase === 'ship') sell(branch, today);
    work(phase);
    if (phase === 'make') make(branch, today);
    if (phase === 'receive') transfer(branch, today);
  }
  paySuppliers(branch, today);
  buy(branch, today);
  consign(branch, today);
  countStock(branch, today);
  tellBank(branch, today);
  branch.agenda.delete(index);
  return { entity: branch.trade.entity.code, on, intents: today.intents, labels: today.labels };
}
