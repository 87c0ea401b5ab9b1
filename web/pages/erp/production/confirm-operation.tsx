import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useNow } from '../../../shared/use-now.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { isAbove } from '../left.ts';
import { leftAt } from './left-at.ts';
import { lastHour, SpanFields, spanOf } from './span-fields.tsx';
import type { Span } from './span-fields.tsx';
import { usePieces } from './use-pieces.tsx';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];

const MINUTE_S = 60;
const MINUTE_MS = 60_000;
const BLANK = {
  good: undefined as string | undefined,
  scrap: '',
  scrapReason: '',
  rework: '',
  reworkReason: '',
  setupMinutes: '',
  runMinutes: undefined as string | undefined,
  downMinutes: '',
  downReason: '',
};
type Yield = typeof BLANK;

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
        named={['good', 'receive.quantity']}
        optional
      />
      {amount('scrap')}
      {reason('scrapReason', isAbove(of.scrap))}
      {amount('rework')}
      {reason('reworkReason', isAbove(of.rework))}
    </>
  );
}

const MINUTES = '[0-9]{1,5}';
const minutesOf = (text: string): number => (/^\d{1,5}$/.test(text) ? Number(text) : 0);
const seconds = (minutes: string): number => minutesOf(minutes) * MINUTE_S;

/** Minutes that ran: all that neither setting up nor standing still took. */
function leftOf({ from, to }: Span, { setupMinutes, downMinutes }: Yield): string {
  const all = Math.round((Date.parse(to) - Date.parse(from)) / MINUTE_MS);
  const left = all - minutesOf(setupMinutes) - minutesOf(downMinutes);
  return String(Number.isFinite(left) ? Math.max(0, left) : 0);
}

const secondsOf = ({ setupMinutes, downMinutes }: Yield, run: string) => ({
  setupSeconds: seconds(setupMinutes),
  runSeconds: seconds(run),
  downSeconds: seconds(downMinutes),
});

/** How long it took to set up and to run, and how long it stood still. */
function Times(props: {
  readonly of: Yield;
  readonly run: string;
  readonly set: (some: Partial<Yield>) => void;
}): ReactNode {
  const { of, run, set } = props;
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('erp.form.setupMinutes')}
        value={of.setupMinutes}
        onValue={(setupMinutes) => set({ setupMinutes })}
        pattern={MINUTES}
        named="setupSeconds"
        optional
      />
      <Field
        label={t('erp.form.runMinutes')}
        description={t('erp.form.runHint')}
        value={run}
        onValue={(runMinutes) => set({ runMinutes })}
        pattern={MINUTES}
        named="runSeconds"
        optional
      />
      <Field
        label={t('erp.form.downMinutes')}
        value={of.downMinutes}
        onValue={(downMinutes) => set({ downMinutes })}
        pattern={MINUTES}
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
  const next = operations.find((one) => isAbove(leftAt(of, one))) ?? operations[0];
  const confirmed = operations.find(({ number }) => String(number) === chosen) ?? next;
  const operation = Number(confirmed?.number);
  const good = what.good ?? (confirmed === undefined ? '' : leftAt(of, confirmed));
  const { scrap, scrapReason, rework, reworkReason, downReason } = what;
  const run = what.runMinutes ?? leftOf(span, what);
  const pieces = usePieces(of, confirmed, { good, scrap });
  const send = (key: string) =>
    callBooks('confirmWorkOrder', {
      params: { entity: code, id: of.id },
      body: {
        operation,
        ...filled({ good, scrap, scrapReason, rework, reworkReason, downReason }),
        ...spanOf(span),
        ...pieces.body,
        postedOn: day ?? today,
        ...secondsOf(what, run),
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
        {pieces.fields}
        <SpanFields value={span} onValue={setSpan} />
        <Times of={what} run={run} set={set} />
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
