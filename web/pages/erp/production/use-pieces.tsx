import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { isDecimal } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { AmountField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { SerialsField, serialsIn, serialsOf } from '../forms/serials-field.tsx';
import { useTracked } from '../forms/tracking.tsx';
import { isAbove } from '../left.ts';
import { useNamed } from '../names.ts';
import { usedBy } from './used-by.ts';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];
type Component = Order['components'][number];

/** What somebody wrote about a component: how much of it was used, and which pieces. */
type Used = { readonly quantity?: string; readonly serials?: string };
const NOTHING = { isReceived: false, batch: '', serials: '' };
type Received = typeof NOTHING;

/** How much of a component was used, and which pieces. */
function UsedFields(props: {
  readonly of: Component;
  readonly at: number; // Where it is sent.
  readonly planned: string;
  readonly used: Used;
  readonly onUsed: (used: Used) => void;
}): ReactNode {
  const { of, at, planned, used, onUsed } = props;
  const { t } = useTranslation();
  const item = useNamed('item', of.item)?.name ?? of.item;
  const quantity = used.quantity ?? planned;
  return (
    <>
      <AmountField
        label={t('erp.form.usedOf', { item })}
        value={quantity}
        onValue={(value) => onUsed({ ...used, quantity: value })}
        optional
        named={[`materials.${at}.quantity`, `materials.${at}`]}
      />
      <SerialsField
        label={t('erp.form.usedSerials', { item })}
        value={used.serials ?? ''}
        onValue={(serials) => onUsed({ ...used, serials })}
        wanted={quantity}
        optional={!isAbove(quantity)}
        named={[`materials.${at}.serials`, `components.${of.number}.serials`]}
      />
    </>
  );
}

/** Whether what is good goes into stock at once, and which pieces those are. */
function ReceiveFields(props: {
  readonly of: Received;
  readonly good: string;
  readonly asks: { readonly batch: boolean; readonly serials: boolean };
  readonly onChange: (of: Received) => void;
}): ReactNode {
  const { of, good, asks, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="is-wide">
        <Checkbox
          size="xs"
          label={t('erp.form.receiveAtOnce')}
          checked={of.isReceived}
          onChange={({ currentTarget: { checked } }) => onChange({ ...of, isReceived: checked })}
        />
      </div>
      {of.isReceived && asks.batch ? (
        <Field
          label={t('erp.field.batch')}
          value={of.batch}
          onValue={(batch) => onChange({ ...of, batch })}
          maxLength={40}
          named="receive.batch"
          optional
        />
      ) : null}
      {of.isReceived && asks.serials ? (
        <SerialsField
          label={t('erp.form.madeSerials')}
          value={of.serials}
          onValue={(serials) => onChange({ ...of, serials })}
          wanted={good}
          named="receive.serials"
        />
      ) : null}
    </>
  );
}

/** The components whose pieces have to be named: nobody issues them by hand, and they have numbers. */
const componentsAt = ({ components }: Order, operation: Operation | undefined) =>
  components.filter((one) => one.isBackflushed && one.operation === operation?.number);

const asSent = (text: string): string => (isDecimal(text.trim()) ? text.trim() : '0');

/**
 * Asks which pieces an operation used, and at the last one which it made: fields, and what is sent of
 * them. Nothing is asked where no item has serial numbers and nothing is made.
 */
export function usePieces(
  of: Order,
  operation: Operation | undefined,
  { good, scrap }: { readonly good: string; readonly scrap: string },
) {
  const [used, setUsed] = useState<Readonly<Record<number, Used>>>({});
  const [received, setReceived] = useState<Received>(NOTHING);
  const product = { line: 0, item: of.item };
  const found = componentsAt(of, operation);
  const asks = useTracked([product, ...found.map(({ number, item }) => ({ line: number, item }))]);
  const named = found.filter(({ number, item }) => asks.serials({ line: number, item }));
  const isLast = operation !== undefined && of.operations.at(-1)?.number === operation.number;
  const pieces = [asSent(good), asSent(scrap)];
  const plannedOf = (component: Component): string =>
    operation === undefined ? '0' : usedBy(of, operation, { component, pieces });
  const quantityOf = (component: Component): string =>
    (used[component.number]?.quantity ?? plannedOf(component)).trim();
  const sent = named.filter((component) => isAbove(quantityOf(component)));
  const fields = (
    <>
      {named.map((component) => (
        <UsedFields
          key={component.number}
          of={component}
          at={sent.indexOf(component)}
          planned={plannedOf(component)}
          used={used[component.number] ?? {}}
          onUsed={(some) => setUsed({ ...used, [component.number]: some })}
        />
      ))}
      {isLast ? (
        <ReceiveFields
          of={received}
          good={good}
          asks={{ batch: asks.batch(product), serials: asks.serials(product) }}
          onChange={setReceived}
        />
      ) : null}
    </>
  );
  const made = { ...filled({ batch: received.batch }), ...serialsOf(received.serials) };
  const materials = sent.map((component) => ({
    component: component.number,
    quantity: quantityOf(component),
    serials: serialsIn(used[component.number]?.serials ?? ''),
  }));
  const body = {
    ...(materials.length > 0 ? { materials } : {}),
    ...(isLast && received.isReceived ? { receive: made } : {}),
  };
  return { fields, body };
}
