import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable, Nothing } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card, Tiles } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { useBooks } from '../ask-books.ts';
import { Acts } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ItemLink, PartyLink } from '../links.tsx';
import { ObjectHead } from '../object-page.tsx';
import { MasterHistory } from '../master-history.tsx';
import { AddPrice } from './add-price.tsx';
import { ChangePriceList, EndPrice } from './change-price-list.tsx';

type Of = ReplyOf<'getPriceList'>;
type Price = Of['prices'][number];

function useColumns(currency: string): readonly Column<Price>[] {
  const kit = useColumnKit();
  const priceOf = ({ price, priceBase }: Price): string => {
    const text = `${kit.format.price(price, currency)} ${currency}`;
    const base = kit.format.decimal(priceBase);
    return base === '1' ? text : kit.t('erp.per', { price: text, base });
  };
  return [
    {
      ...kit.own<Price>('field.item', ({ item }) => <ItemLink id={item} />),
      wide: true,
      lead: true,
    },
    kit.quantity<Price>('erp.field.fromQuantity', ({ minQuantity }) =>
      /[1-9]/.test(minQuantity) ? minQuantity : null,
    ),
    { ...kit.text<Price>('erp.field.price', priceOf), end: true },
    kit.day<Price>('erp.field.validFrom', ({ validFrom }) => validFrom),
    kit.day<Price>('erp.field.validTo', ({ validTo }) => validTo),
  ];
}

function Prices({ of }: { readonly of: Of }): ReactNode {
  const { t } = useColumnKit();
  const columns = useColumns(of.currency);
  return (
    <Card title={t('erp.prices')}>
      {of.prices.length === 0 ? (
        <p className="erp-note">{t('erp.noPrices')}</p>
      ) : (
        <DataTable
          label={t('erp.prices')}
          rows={of.prices}
          keyOf={({ id }) => id}
          columns={columns}
        />
      )}
    </Card>
  );
}

/** One price list: for whom it holds, and what each item costs from which quantity on. */
export function PriceListPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const may = useMay('items:write');
  const found = useBooks('getPriceList', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {(of) => (
        <>
          <ObjectHead
            list="price-lists"
            title={`${t('erp.kind.price-list')} ${of.code} · ${of.name}`}
          />
          <div className="rialto-stack">
            <Tiles
              of={[
                [
                  t('erp.field.forWhom'),
                  of.customer === undefined ? (
                    (of.segment ?? t('erp.forEveryone'))
                  ) : (
                    <PartyLink key="who" id={of.customer} side="customers" />
                  ),
                ],
                [t('field.currency'), of.currency],
                [t('erp.field.validFrom'), <Day key="from" of={of.validFrom} />],
                [
                  t('erp.field.validTo'),
                  of.validTo === undefined ? (
                    <Nothing key="to" />
                  ) : (
                    <Day key="to" of={of.validTo} />
                  ),
                ],
              ]}
            />
            {may ? (
              <Acts>
                <AddPrice list={of.id} currency={of.currency} />
                {of.prices.length === 0 ? null : <EndPrice key={`end ${of.version}`} of={of} />}
                <ChangePriceList key={of.version} of={of} />
              </Acts>
            ) : null}
            <Prices of={of} />
            <MasterHistory of={of.history} />
          </div>
        </>
      )}
    </Async>
  );
}
