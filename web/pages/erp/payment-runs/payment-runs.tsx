import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField } from '../fields.tsx';
import { daysLater } from '../forms/days-later.ts';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listPaymentRuns'>;

const USUAL_DAYS = 7; // From one run to the next.

/** Proposes what to pay from an account of ours; the proposal opens, and nothing is paid yet. */
function Propose(): ReactNode {
  const { t } = useColumnKit();
  const { code, currency: own } = useEntity();
  const today = useToday();
  const navigate = useNavigate();
  const accounts = useBooks('listOwnBankAccounts', { params: { entity: code } }).data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const [pay, setPay] = useState<string>();
  const [next, setNext] = useState<string>();
  const usual = accounts.find(({ currency }) => currency === own) ?? accounts[0];
  const account = accounts.find((each) => each.code === chosen) ?? usual;
  const payOn = pay ?? today;
  const nextRunOn = next ?? daysLater(payOn, USUAL_DAYS);
  if (account === undefined) return <p className="rialto-dim">{t('erp.noOwnAccount')}</p>;
  const propose = async (key: string): Promise<void> => {
    const { code: bankAccount, currency } = account;
    const body = { payOn, nextRunOn, bankAccount, currency };
    const { id } = await callBooks('createPaymentRun', { params: { entity: code }, body, key });
    await navigate({
      to: '/erp/$list/$id',
      params: { list: 'payment-runs', id },
      search: { entity: code },
    });
  };
  return (
    <section className="rialto-card erp-new" aria-label={t('erp.act.proposePayments')}>
      <BookingForm
        title={t('erp.act.proposePayments')}
        about={t('erp.act.proposePaymentsAbout')}
        act={propose}
      >
        <ChoiceField
          label={t('erp.field.bank')}
          value={account.code}
          onValue={setChosen}
          of={accounts.map(({ code: value, name, currency }) => ({
            value,
            label: `${value} · ${name} · ${currency}`,
          }))}
          named="bankAccount"
        />
        <DayField label={t('erp.field.payOn')} value={payOn} onValue={setPay} named="payOn" />
        <DayField
          label={t('erp.field.nextRunOn')}
          value={nextRunOn}
          onValue={setNext}
          named="nextRunOn"
        />
      </BookingForm>
    </section>
  );
}

/** When suppliers were paid together, and what is proposed. */
export function PaymentRuns(): ReactNode {
  const kit = useColumnKit();
  const [mayPost, mayChoose] = [useMay('payables:post'), useMay('banking:read')];
  return (
    <BooksList
      list="payment-runs"
      route="listPaymentRuns"
      filters={['status']}
      choices={[useStandingChoice('status', ['proposed', 'approved', 'paid', 'withdrawn'])]}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-payOn"
      sorts={{ number: 'number', 'erp.field.payOn': 'payOn' }}
      emptyHint={kit.t('erp.empty.payment-runs')}
      above={mayPost && mayChoose ? <Propose /> : null}
      columns={[
        kit.number<Row>('payment-run'),
        kit.day<Row>('erp.field.payOn', ({ payOn }) => payOn),
        kit.standing<Row>(({ status }) => status),
        kit.text<Row>('erp.field.bank', ({ bankAccount }) => bankAccount),
        kit.quantity<Row>('erp.field.suppliers', ({ suppliers }) => String(suppliers)),
        kit.quantity<Row>('erp.field.leftOut', ({ leftOut }) => String(leftOut)),
        kit.amount<Row>(
          'erp.field.amount',
          ({ amount }) => amount,
          ({ currency }) => currency,
        ),
        kit.person<Row>('erp.field.approvedBy', ({ approvedBy }) => approvedBy),
      ]}
    />
  );
}
