import type { ReactNode } from 'react';
import { useBooks } from '../ask-books.ts';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { InBooks } from '../links.tsx';
import { BeginNew } from '../new-page.tsx';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listBankTransfers'>;

const endOf = (id: string, name: string): ReactNode => (
  <InBooks list="bank-accounts" id={id}>
    {name}
  </InBooks>
);

/** Money between our own accounts. */
export function BankTransfers(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const accounts = useBooks('listOwnBankAccounts', { params: { entity: code } }).data?.items ?? [];
  return (
    <BooksList
      list="bank-transfers"
      route="listBankTransfers"
      filters={['status', 'account', 'from', 'to']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[
        useStandingChoice('status', ['in-transit', 'arrived', 'reversed']),
        {
          name: 'account',
          label: kit.t('erp.field.bank'),
          values: accounts.map(({ id, code: short, name }) => ({
            value: id,
            label: `${short} · ${name}`,
          })),
        },
      ]}
      keyOf={({ id }) => id}
      sort="-on"
      sorts={{ number: 'number', 'erp.field.postedOn': 'on', 'erp.field.amount': 'amount' }}
      emptyHint={kit.t('erp.empty.bank-transfers')}
      emptyAction={<BeginNew list="bank-transfers" />}
      columns={[
        kit.number<Row>('bank-transfer'),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('erp.field.postedOn', ({ on }) => on),
        kit.own<Row>('erp.field.fromAccount', ({ from, fromCode }) => endOf(from, fromCode)),
        kit.own<Row>('erp.field.toAccount', ({ to, toCode }) => endOf(to, toCode)),
        { ...kit.text<Row>('erp.field.text', ({ text }) => text || null), wide: true },
        kit.amount<Row>(
          'erp.field.amount',
          ({ amount }) => amount,
          ({ currency }) => currency,
        ),
        kit.amount<Row>(
          'erp.field.arriving',
          ({ arrivingAmount }) => arrivingAmount,
          ({ arrivingCurrency }) => arrivingCurrency,
        ),
      ]}
    />
  );
}
