import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { useNow } from '../../../shared/use-now.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { isAbove } from '../left.ts';
import { lastHour, SpanFields, spanOf } from './span-fields.tsx';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];

const MINUTE_S = 60;
const BLANK = {
  good: undefined as string | undefined,
  scrap: '',
  scrapReason: '',
  rework: '',
  reworkReason: '',
  downMinutes: '',
  downReason: '',
};
type Yield = typeof BLANK;

/** What of an operation is still to be done: what the one before passed on, less what is done. */
function leftAt({ operations, quantity }: Order, number: number): string {
  const at = operations.findIndex((one) => one.number === number);
  const before = operations[at - 1]?.good ?? quantity;
  const { good = '0', scrap = '0' } = operations[at] ?? {};
  const left = differenceOf(differenceOf(before, good) ?? '0', scrap) ?? '0';
  return isAbove(left) ? left : '0';
}

function Pieces(props: {
  readonly of: Yield;
  readonly good: string;
  readonly set: (some: Partial<Yield>) => void;
}): ReactNode {
  const { of, good, set } = props;
  const { t } = useTranslation();
  const amount = (name: 'scrap' | 'rework'): ReactNode => (
    <AmountField
      label={t(`erp.field.${name}`)}
      value={of[name]}
      onValue={(value) => set({ [name]: value })}
      named={name}
      optional
    />
  );
  const reason = (name: 'scrapReason' | 'reworkReason', isAsked: boolean): ReactNode =>
    isAsked ? (
      <Field
        label={t(`erp.form.${name}`)}
        value={of[name]}
        onValue={(value) => set({ [name]: value })}
        maxLength={200}
        named={name}
      />
    ) : null;
  return (
    <>
      <AmountField
        label={t('erp.field.good')}
        value={good}
        onValue={(value) => set({ good: value })}
        named="good"
        optional
      />
      {amount('scrap')}
      {reason('scrapReason', isAbove(of.scrap))}
      {amount('rework')}
      {reason('reworkReason', isAbove(of.rework))}
    </>
  );
}

function Standstill(props: {
  readonly of: Yield;
  readonly set: (some: Partial<Yield>) => void;
}): ReactNode {
  const { of, set } = props;
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('erp.form.downMinutes')}
        value={of.downMinutes}
        onValue={(downMinutes) => set({ downMinutes })}
        pattern="[0-9]{1,5}"
        named="downSeconds"
        optional
      />
      {of.downMinutes === '' ? null : (
        <Field
          label={t('erp.form.downReason')}
          value={of.downReason}
          onValue={(downReason) => set({ downReason })}
          maxLength={200}
          named="downReason"
        />
      )}
    </>
  );
}

/** Says how it went at an operation: what came out, what did not, and when. */
export function ConfirmOperation(props: {
  readonly of: Order;
  readonly operations: readonly Operation[]; // That can be confirmed.
}): ReactNode {
  const { of, operations } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const now = useNow();
  const [chosen, setChosen] = useState<string>();
  const [what, setWhat] = useState<Yield>(BLANK);
  const [day, setDay] = useState<string>();
  const [span, setSpan] = useState(() => lastHour(now));
  const set = (some: Partial<Yield>): void => setWhat((before) => ({ ...before, ...some }));
  const operation = Number(chosen ?? operations[0]?.number);
  const good = what.good ?? leftAt(of, operation);
  const { scrap, scrapReason, rework, reworkReason, downReason, downMinutes } = what;
  const send = (key: string) =>
    callBooks('confirmWorkOrder', {
      params: { entity: code, id: of.id },
      body: {
        operation,
        ...filled({ good, scrap, scrapReason, rework, reworkReason, downReason }),
        ...spanOf(span),
        postedOn: day ?? today,
        ...(downMinutes === '' ? {} : { downSeconds: Number(downMinutes) * MINUTE_S }),
      },
      key,
    });
  return (
    <BookingForm
      title={t('erp.act.confirmWork')}
      about={t('erp.act.confirmWorkAbout')}
      main
      act={send}
    >
      <div className="erp-form-grid">
        <ChoiceField
          label={t('erp.form.operation')}
          value={String(operation)}
          onValue={(value) => {
            setChosen(value);
            set({ good: undefined });
          }}
          of={operations.map(({ number, name }) => ({
            value: String(number),
            label: `${number} · ${name}`,
          }))}
          named="operation"
        />
        <Pieces of={what} good={good} set={set} />
        <SpanFields value={span} onValue={setSpan} />
        <Standstill of={what} set={set} />
        <DayField
          label={t('erp.field.postedOn')}
          value={day ?? today}
          onValue={setDay}
          named="postedOn"
        />
      </div>
    </BookingForm>
  );
}
