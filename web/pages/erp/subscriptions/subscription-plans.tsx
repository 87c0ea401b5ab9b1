import type { ReactNode } from 'react';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { WholeList } from '../whole-list.tsx';
import type { Plan } from './plans.ts';

/** What customers may subscribe to, and what it costs today. */
export function SubscriptionPlans(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const found = useBooks('listSubscriptionPlans', { params: { entity: code } });
  const priceOf = ({ prices }: Plan): string => {
    const holding = prices.filter(({ validFrom }) => validFrom <= today);
    const latest = new Map(
      holding
        .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
        .map((price) => [price.currency, price]),
    );
    return [...latest.values()]
      .map(({ unitPrice, currency }) => `${kit.format.price(unitPrice, currency)} ${currency}`)
      .join(', ');
  };
  return (
    <WholeList<Plan>
      list="subscription-plans"
      found={found}
      searchLabel={kit.t('erp.search.codeOrName')}
      textOf={({ code: short, name }) => `${short} ${name}`}
      filters={{ status: ({ status }, value) => status === value }}
      choices={[
        {
          name: 'status',
          label: kit.t('field.status'),
          values: (['active', 'inactive'] as const).map((value) => ({
            value,
            label: kit.t(`erp.standing.${value}`),
          })),
        },
      ]}
      keyOf={({ id }) => id}
      sort="erp.field.name"
      sorts={{
        'erp.field.code': ({ code: short }) => short,
        'erp.field.name': ({ name }) => name,
        'erp.field.interval': ({ intervalMonths }) => String(intervalMonths),
      }}
      emptyHint={kit.t('erp.empty.subscription-plans')}
      columns={[
        kit.text<Plan>('erp.field.code', ({ code: short }) => short),
        { ...kit.text<Plan>('erp.field.name', ({ name }) => name), wide: true, lead: true },
        kit.standing<Plan>(({ status }) => status),
        kit.text<Plan>('erp.field.interval', ({ intervalMonths }) =>
          kit.t('erp.months', { count: intervalMonths }),
        ),
        kit.text<Plan>('field.unitPrice', priceOf),
        kit.text<Plan>('erp.field.taxCode', ({ taxCode }) => taxCode),
      ]}
    />
  );
}
