import type { ReactNode } from 'react';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { AmountField, ChoiceField, DayField } from '../fields.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import { warehouseOf } from './line-choices.ts';
import type { LineChoices } from './line-choices.ts';
import { netOf } from './order-line.ts';
import type { LineDraft, Proposal, Side } from './order-line.ts';

type LineProps = {
  readonly named: string; // What the request calls it, such as 'lines.0'.
  readonly side: Side;
  readonly isOffer: boolean;
  readonly line: LineDraft;
  readonly proposal: Proposal | undefined;
  readonly currency: string;
  readonly choices: LineChoices;
  readonly onLine: (line: LineDraft) => void;
};

function PriceField({ named, line, proposal, currency, onLine }: LineProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const base = proposal?.priceBase ?? '1';
  const isProposed = line.price === undefined && proposal !== undefined;
  return (
    <AmountField
      label={t('field.unitPrice')}
      value={line.price ?? proposal?.unitPrice ?? ''}
      onValue={(price) => onLine({ ...line, price })}
      description={[
        base === '1' ? currency : t('erp.form.per', { currency, base: format.decimal(base) }),
        isProposed ? t(`erp.form.priceFrom.${proposal.source}`) : '',
      ]
        .filter((part) => part !== '')
        .join(' · ')}
      named={`${named}.unitPrice`}
    />
  );
}

function UnitField({ named, line, choices, onLine }: LineProps): ReactNode {
  const { t } = useTranslation();
  const { item } = line;
  const own = [...new Set([item?.baseUnit ?? '', ...(item?.units ?? []).map(({ unit }) => unit)])];
  const units =
    item === undefined
      ? choices.units
      : own.map((value) => ({ value, label: choices.unitName(value) }));
  return (
    <ChoiceField
      label={t('erp.field.baseUnit')}
      value={line.unit}
      onValue={(unit) => onLine({ ...line, unit })}
      of={units}
      named={`${named}.unit`}
    />
  );
}

/** What is about the whole line: how it is taxed, where it is kept, when it is due. */
function MoreFields({ named, side, isOffer, line, choices, onLine }: LineProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceField
        label={t('erp.field.taxCode')}
        value={line.taxCode ?? choices.usualTax(line)}
        onValue={(taxCode) => onLine({ ...line, taxCode })}
        of={choices.taxCodes}
        none={t('erp.form.noTax')}
        named={`${named}.taxCode`}
      />
      <ChoiceField
        label={t('erp.field.warehouse')}
        value={warehouseOf(line, choices)}
        onValue={(warehouse) => onLine({ ...line, warehouse })}
        of={choices.warehouses}
        none={t('erp.form.nowhere')}
        named={`${named}.warehouse`}
      />
      {side === 'purchase' ? (
        <ChoiceField
          label={t('erp.field.costCentre')}
          value={line.costCentre}
          onValue={(costCentre) => onLine({ ...line, costCentre })}
          of={choices.costCentres}
          none={t('erp.form.none')}
          named={`${named}.costCentre`}
        />
      ) : null}
      {isOffer ? null : (
        <DayField
          label={t('field.promisedOn')}
          value={line.promisedOn}
          onValue={(promisedOn) => onLine({ ...line, promisedOn })}
          named={`${named}.promisedOn`}
          optional
        />
      )}
    </>
  );
}

/** One line of an order that is being written. */
export function LineFields(props: LineProps): ReactNode {
  const { named, side, line, proposal, currency, onLine } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const net = netOf(line, proposal);
  return (
    <>
      <div className="is-wide">
        <ItemBox
          value={line.item}
          isFree
          named={`${named}.item`}
          onValue={(item, text) =>
            onLine({ ...line, item, text, unit: item?.baseUnit ?? line.unit, price: undefined })
          }
        />
      </div>
      <AmountField
        label={t('erp.field.quantity')}
        value={line.quantity}
        onValue={(quantity) => onLine({ ...line, quantity })}
        named={`${named}.quantity`}
      />
      <UnitField {...props} />
      <PriceField {...props} />
      {side === 'sales' ? (
        <AmountField
          label={t('erp.form.discountPercent')}
          value={line.discount}
          onValue={(discount) => onLine({ ...line, discount })}
          named={`${named}.discountPercent`}
          optional
        />
      ) : null}
      <MoreFields {...props} />
      <p className="erp-form-net">
        <span>{t('field.netAmount')}</span>
        <output>{net === undefined ? '–' : `${format.amount(net, currency)} ${currency}`}</output>
      </p>
    </>
  );
}
