import type { ReactNode } from 'react';
import { useColumnKit } from '../columns.tsx';
import { AgreedSubject } from './agreed-subject.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Line = RowOf<'listAgreements'>['lines'][number];

/** What one line of an agreement says: of what, at which price, how much of it was called off. */
export function AgreedLine(props: { readonly of: Line; readonly currency: string }): ReactNode {
  const { of, currency } = props;
  const { t, format } = useColumnKit();
  const { price, tiers = [], quantityLimit, releasedQuantity } = of;
  const parts = [
    ...(price === undefined ? [] : [`${format.price(price, currency)} ${currency}`]),
    ...tiers.map((tier) =>
      t('erp.tierFrom', {
        quantity: format.decimal(tier.minQuantity),
        price: `${format.price(tier.price, currency)} ${currency}`,
      }),
    ),
    ...(quantityLimit === undefined
      ? []
      : [
          t('erp.calledOff', {
            quantity: format.decimal(releasedQuantity),
            limit: format.decimal(quantityLimit),
          }),
        ]),
  ];
  return (
    <>
      <AgreedSubject of={of} />
      {parts.length === 0 ? null : <span className="rialto-dim"> · {parts.join(' · ')}</span>}
    </>
  );
}
