import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, DayField, Field } from '../fields.tsx';
import { WholeList } from '../whole-list.tsx';

type Row = ReplyOf<'listExchangeRates'>['items'][number];

const TYPES = ['spot', 'month-end', 'average', 'budget'] as const;
const NEWEST = 500; // As many as the server tells at once.

/** Keeps a rate; another one for the same day, pair and type takes its place. */
function Keep(): ReactNode {
  const { t } = useColumnKit();
  const { currency } = useEntity();
  const today = useToday();
  const [from, setFrom] = useState('');
  const [day, setDay] = useState<string>();
  const [rate, setRate] = useState('');
  const [type, setType] = useState<Row['type']>('spot');
  const keep = async (key: string): Promise<void> => {
    const items = [{ from, to: currency, type, validOn: day ?? today, rate }];
    await callBooks('setExchangeRates', { body: { items }, key });
    setRate('');
  };
  return (
    <section className="rialto-card erp-new" aria-label={t('erp.act.keepRate')}>
      <BookingForm title={t('erp.act.keepRate')} about={t('erp.act.keepRateAbout')} act={keep}>
        <Field
          label={t('erp.field.currencyFrom')}
          value={from}
          onValue={(value) => setFrom(value.toUpperCase())}
          pattern="[A-Z]{3}"
          named="items.0.from"
        />
        <AmountField
          label={t('erp.rateIn', { currency })}
          value={rate}
          onValue={setRate}
          named="items.0.rate"
        />
        <DayField
          label={t('erp.field.validOn')}
          value={day ?? today}
          onValue={setDay}
          named="items.0.validOn"
        />
        <NativeSelect
          label={t('field.kind')}
          value={type}
          data={TYPES.map((value) => ({ value, label: t(`erp.rateType.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            const chosen = TYPES.find((one) => one === value);
            if (chosen !== undefined) setType(chosen);
          }}
        />
      </BookingForm>
    </section>
  );
}

/** What one currency was worth in another, newest day first. */
export function ExchangeRates(): ReactNode {
  const kit = useColumnKit();
  const mayWrite = useMay('ledger:write');
  const found = useBooks('listExchangeRates', { query: { limit: NEWEST } });
  const currencies = [...new Set((found.data?.items ?? []).map(({ from }) => from))].toSorted();
  return (
    <WholeList<Row>
      list="exchange-rates"
      found={found}
      searchLabel={kit.t('erp.search.currency')}
      textOf={({ from, to }) => `${from} ${to}`}
      filters={{
        currency: ({ from }, value) => from === value,
        kind: ({ type }, value) => type === value,
      }}
      choices={[
        {
          name: 'currency',
          label: kit.t('field.currency'),
          values: currencies.map((value) => ({ value, label: value })),
        },
        {
          name: 'kind',
          label: kit.t('field.kind'),
          values: TYPES.map((value) => ({ value, label: kit.t(`erp.rateType.${value}`) })),
        },
      ]}
      keyOf={({ from, to, type, validOn }) => `${from} ${to} ${type} ${validOn}`}
      sort="-erp.field.validOn"
      sorts={{
        'erp.field.validOn': ({ validOn }) => validOn,
        'erp.field.currencyFrom': ({ from }) => from,
        'erp.field.rate': ({ rate }) => rate,
      }}
      emptyHint={kit.t('erp.empty.exchange-rates')}
      above={mayWrite ? <Keep /> : null}
      columns={[
        kit.day<Row>('erp.field.validOn', ({ validOn }) => validOn),
        kit.text<Row>('erp.field.currencyFrom', ({ from }) => from),
        kit.text<Row>('erp.field.currencyTo', ({ to }) => to),
        kit.quantity<Row>('erp.field.rate', ({ rate }) => rate),
        kit.text<Row>('field.kind', ({ type }) => kit.t(`erp.rateType.${type}`)),
      ]}
    />
  );
}
