import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { createCostCentres } from '#erp/ledger';
import { createResources } from '#erp/projects';
import { setDunningLevels, STANDARD_LEVELS } from '#erp/receivables/dunning';
import { createPlans } from '#erp/subscriptions';
import { decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Trade } from '../world/catalogue.ts';
import { money } from './amounts.ts';
import { made } from './made.ts';

const COST_CENTRE = 'PROJECTS';

/** Who works for projects, what customers subscribe to, and that reminders cost nothing. */
export async function foundServices(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly trade: Trade;
    readonly validFrom: LocalDate;
    readonly names: Map<string, string>;
  },
): Promise<void> {
  const { trade, validFrom, names } = of;
  const name = { en: 'Projects', de: 'Projekte' };
  await createCostCentres(tx, context, [{ code: COST_CENTRE, name, validFrom }]);
  const people = await createResources(
    tx,
    context,
    trade.people.map(({ code, name: called, costRate, billRate }) => ({
      code,
      name: called,
      costCentre: COST_CENTRE,
      rates: [{ validFrom, costRate: money(costRate), billRate: money(billRate) }],
    })),
  );
  made(people).forEach(({ id }, at) => names.set(trade.people[at]?.code ?? '', id));
  const plans = await createPlans(
    tx,
    context,
    trade.offers.map(({ plan, name: called, intervalMonths, price }) => ({
      code: plan,
      name: called,
      intervalMonths,
      taxCode: 'OUT-STD',
      prices: [{ currency: trade.entity.currency, validFrom, unitPrice: money(price) }],
    })),
  );
  made(plans).forEach(({ id }, at) => names.set(trade.offers[at]?.code ?? '', id));
  const levels = STANDARD_LEVELS.map((level) => ({ ...level, fee: decimal('0') }));
  made([await setDunningLevels(tx, context.legalEntity, levels)]);
}
