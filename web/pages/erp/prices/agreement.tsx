import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { DataTable, Nothing } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { Acts } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { PartyLink } from '../links.tsx';
import { MasterHistory } from '../master-history.tsx';
import { ObjectPage } from '../object-page.tsx';
import { AgreedSubject } from './agreed-subject.tsx';
import { ChangeAgreement } from './change-agreement.tsx';

type Of = ReplyOf<'getAgreement'>;
type Line = Of['lines'][number];

function useLineColumns(currency: string): readonly Column<Line>[] {
  const kit = useColumnKit();
  const priceOf = (price: string): string => `${kit.format.price(price, currency)} ${currency}`;
  const limitOf = ({ quantityLimit, valueLimit }: Line): string | null => {
    if (quantityLimit !== undefined) return kit.format.decimal(quantityLimit);
    return valueLimit === undefined
      ? null
      : `${kit.format.amount(valueLimit, currency)} ${currency}`;
  };
  const calledOff = ({ valueLimit, releasedQuantity, releasedValue }: Line): string =>
    valueLimit === undefined
      ? kit.format.decimal(releasedQuantity)
      : `${kit.format.amount(releasedValue, currency)} ${currency}`;
  return [
    kit.text<Line>('field.line', ({ line }) => line),
    {
      ...kit.own<Line>('field.item', (line) => <AgreedSubject of={line} />),
      wide: true,
      lead: true,
    },
    {
      ...kit.text<Line>('erp.field.price', ({ price, priceBase = '1' }) => {
        if (price === undefined) return null;
        const base = kit.format.decimal(priceBase);
        return base === '1' ? priceOf(price) : kit.t('erp.per', { price: priceOf(price), base });
      }),
      end: true,
    },
    {
      ...kit.text<Line>('erp.field.tiers', ({ tiers = [] }) =>
        tiers
          .map(({ minQuantity, price }) =>
            kit.t('erp.tierFrom', {
              quantity: kit.format.decimal(minQuantity),
              price: priceOf(price),
            }),
          )
          .join(' · '),
      ),
      wide: true,
    },
    { ...kit.text<Line>('erp.field.calledOff', calledOff), end: true },
    { ...kit.text<Line>('erp.field.limit', limitOf), end: true },
  ];
}

function Acting({ of }: { readonly of: Of }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const may = useMay('items:write');
  if (!may || of.status !== 'active') return null;
  return (
    <Acts>
      <ChangeAgreement key={of.version} of={of} />
      <BookingButton
        text={t('erp.act.closeAgreement')}
        about={t('erp.act.closeAgreementAbout')}
        act={(key) =>
          callBooks('closeAgreement', {
            params: { entity: code, id: of.id },
            body: { version: of.version },
            key,
          })
        }
      />
    </Acts>
  );
}

/** One agreement: with whom, until when, each price, and how much of it was called off. */
export function Agreement({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('getAgreement', { params: { entity: code, id } });
  const columns = useLineColumns(found.data?.currency ?? '');
  return (
    <Async of={loadable(found)}>
      {(of) => (
        <ObjectPage
          list="agreements"
          title={t('erp.kind.agreement')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('erp.agreedWith'),
              <PartyLink
                key="who"
                id={of.party}
                side={of.side === 'sales' ? 'customers' : 'suppliers'}
              />,
            ],
            [t('field.kind'), t(`erp.agreementKind.${of.kind}`)],
            [t('erp.field.validFrom'), <Day key="from" of={of.validFrom} />],
            [
              t('erp.field.validTo'),
              of.validTo === undefined ? <Nothing key="to" /> : <Day key="to" of={of.validTo} />,
            ],
          ]}
          acts={<Acting of={of} />}
        >
          <Card title={t('erp.agreedLines')}>
            <DataTable
              label={t('erp.agreedLines')}
              rows={of.lines}
              keyOf={({ line }) => line}
              columns={columns}
            />
          </Card>
          <MasterHistory of={of.history} />
        </ObjectPage>
      )}
    </Async>
  );
}
