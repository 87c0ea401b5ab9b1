/** A company with subscribers, for the tests of this area. */
import { setExchangeRates } from '#erp/company';
import { createCustomers } from '#erp/parties';
import { receivablesMigrations } from '#erp/receivables';
import { books, context, march, openBench as openSalesBench, valueOf } from '#erp/sales/testing';
import type { Bench as SalesBench } from '#erp/sales/testing';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { createSubscriptions } from './create-subscriptions.ts';
import type { SubscriptionDraft } from './create-subscriptions.ts';
import { subscriptionsMigrations } from './migrations.ts';
import { createPlans } from './plans.ts';

export { books, context, march, valueOf };

/** Plans at 30.00 € a month (33.00 from May on), 75.00 a month, 300.00 a year. */
export type Bench = SalesBench & {
  readonly basic: string;
  readonly pro: string;
  readonly yearly: string;
  readonly foreign: string; // Pays dollars: 0.80 € each.
};

/** Opens it. */
export async function openBench(): Promise<Bench> {
  const bench = await openSalesBench([receivablesMigrations, subscriptionsMigrations]);
  const made = await bench.run(async (tx) => {
    const validOn = localDate('2026-01-01');
    await setExchangeRates(tx, [
      { from: 'EUR', to: 'USD', type: 'spot', validOn, rate: decimal('1.25') },
    ]);
    const [customer] = await createCustomers(tx, context, [
      { name: 'Buffalo Inc.', currency: 'USD' },
    ]);
    const price = (unitPrice: string, from = '2026-01-01', currency = 'EUR') => ({
      currency,
      validFrom: localDate(from),
      unitPrice: decimal(unitPrice),
    });
    const plans = await createPlans(tx, context, [
      {
        code: 'BASIC',
        name: 'Basic',
        intervalMonths: 1,
        taxCode: 'OUT-STD',
        prices: [price('30.00'), price('33.00', '2026-05-01')],
      },
      {
        code: 'PRO',
        name: 'Pro',
        intervalMonths: 1,
        taxCode: 'OUT-STD',
        prices: [price('75.00'), price('0.333', '2026-01-01', 'USD')],
      },
      { code: 'YEAR', name: 'Yearly', intervalMonths: 12, prices: [price('300.00')] },
    ]);
    const [basic = '', pro = '', yearly = ''] = plans.map((each) => valueOf(each).id);
    return { basic, pro, yearly, foreign: valueOf(customer).id };
  });
  return { ...bench, ...made };
}

/** A subscription to two of the basic plan from the 1st of March on. */
export async function subscribed(
  bench: Bench,
  more: Partial<SubscriptionDraft> = {},
): Promise<string> {
  const draft = {
    customer: bench.customer,
    plan: bench.basic,
    quantity: decimal('2'),
    startsOn: march(1),
    ...more,
  };
  const [made] = await bench.run((tx) => createSubscriptions(tx, context, [draft]));
  return valueOf(made).id;
}
