import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMay } from '../../shared/use-may.ts';
import { callBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { AmountField, Field } from './fields.tsx';
import { InBooks } from './links.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listParties'>;
type Side = 'customers' | 'suppliers';

/** A new customer or supplier, with what one needs to begin; the rest is added on its page. */
function NewParty({ side }: { readonly side: Side }): ReactNode {
  const { t } = useColumnKit();
  const { code, country } = useEntity();
  const [name, setName] = useState('');
  const [home, setHome] = useState(country);
  const [limit, setLimit] = useState('');
  const role = side === 'customers' ? 'customer' : 'supplier';
  const add = async (key: string): Promise<void> => {
    await callBooks('createParty', {
      params: { entity: code },
      body: { role, name, country: home, ...(limit === '' ? {} : { creditLimit: limit }) },
      key,
    });
    setName('');
  };
  return (
    <section className="rialto-card erp-new">
      <BookingForm title={t(`erp.act.add-${role}`)} act={add}>
        <Field label={t('erp.field.name')} value={name} onValue={setName} maxLength={200} />
        <Field
          label={t('erp.field.countryCode')}
          value={home}
          onValue={(value) => setHome(value.toUpperCase())}
          pattern="[A-Z]{2}"
        />
        {role === 'customer' ? (
          <AmountField
            label={t('erp.field.creditLimit')}
            value={limit}
            onValue={setLimit}
            optional
          />
        ) : null}
      </BookingForm>
    </section>
  );
}

function Parties({ side }: { readonly side: Side }): ReactNode {
  const kit = useColumnKit();
  const { currency } = useEntity();
  const mayWrite = useMay('parties:write');
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
      emptyHint={kit.t(`erp.empty.${side}`)}
      above={mayWrite ? <NewParty side={side} /> : null}
      columns={[
        { ...kit.own<Row>('erp.field.name', nameOf), wide: true },
        { ...kit.text<Row>('field.number', ({ number }) => number), quiet: true },
        kit.standing<Row>(({ status, blocks }) => (blocks.length > 0 ? 'blocked' : status)),
        kit.text<Row>('field.country', ({ country }) =>
          country === undefined ? null : kit.format.country(country),
        ),
        kit.text<Row>('erp.field.paymentTerms', ({ paymentTerms }) => paymentTerms),
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
