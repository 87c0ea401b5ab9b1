import type { ReactNode } from 'react';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity, useToday } from './entity.ts';
import { InBooks } from './links.tsx';
import type { RowOf } from './use-cursor-list.tsx';
import { useTradeCodes } from './forms/trade-codes.ts';

type Row = RowOf<'listParties'>;
type Side = 'customers' | 'suppliers';

function Parties({ side }: { readonly side: Side }): ReactNode {
  const kit = useColumnKit();
  const { currency } = useEntity();
  const { termsName } = useTradeCodes(useToday());
  const nameOf = ({ id, name }: Row): ReactNode => (
    <InBooks list={side} id={id}>
      {name}
    </InBooks>
  );
  return (
    <BooksList
      list={side}
      route="listParties"
      filters={['status', 'block']}
      searchAs="search"
      searchLabel={kit.t('erp.search.party')}
      always={{ role: side === 'customers' ? 'customer' : 'supplier' }}
      choices={[useStandingChoice('status', ['active', 'inactive'])]}
      keyOf={({ id }) => id}
      sort="number"
      sorts={{ 'field.number': 'number', 'erp.field.name': 'name' }}
      emptyHint={kit.t(`erp.empty.${side}`)}
      columns={[
        { ...kit.own<Row>('erp.field.name', nameOf), wide: true },
        { ...kit.text<Row>('field.number', ({ number }) => number), quiet: true },
        kit.standing<Row>(({ status, blocks }) => (blocks.length > 0 ? 'blocked' : status)),
        kit.text<Row>('field.country', ({ country }) =>
          country === undefined ? null : kit.format.country(country),
        ),
        kit.text<Row>('erp.field.paymentTerms', ({ paymentTerms }) => termsName(paymentTerms)),
        ...(side === 'customers'
          ? [
              kit.amount<Row>(
                'erp.field.creditLimit',
                ({ creditLimit }) => creditLimit ?? null,
                () => currency,
              ),
            ]
          : []),
      ]}
    />
  );
}

/** Who buys from us, on which terms. */
export const Customers = (): ReactNode => <Parties side="customers" />;

/** Who we buy from, on which terms. */
export const Suppliers = (): ReactNode => <Parties side="suppliers" />;
