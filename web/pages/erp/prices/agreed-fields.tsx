import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useToday } from '../entity.ts';
import { AmountField, ChoiceField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { FormLines } from '../forms/form-lines.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';
import { useTradeCodes } from '../forms/trade-codes.ts';

/** A line of an agreement as somebody is writing it; '' is nothing. */
export type AgreedDraft = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly itemGroup: string; // All items of it, instead of one.
  readonly service: string | undefined; // In words, instead of an item. Undefined: it is none.
  readonly unit: string;
  readonly price: string;
  readonly quantityLimit: string;
  readonly valueLimit: string;
};

const MOST = 500;

/** A line before anything is written into it. */
export const emptyAgreed = (key: number): AgreedDraft => ({
  key,
  item: undefined,
  itemGroup: '',
  service: undefined,
  unit: '',
  price: '',
  quantityLimit: '',
  valueLimit: '',
});

/** What a line is sent as, by the number that it gets. */
export const agreedBodyOf = (
  line: number,
  { item, itemGroup, service, unit, price, quantityLimit, valueLimit }: AgreedDraft,
) => ({
  line: String(line),
  ...filled({
    item: itemGroup === '' && service === undefined ? (item?.id ?? '') : '',
    itemGroup,
    service: service ?? '',
    unit: service === undefined ? '' : unit,
    price,
    quantityLimit,
    valueLimit,
  }),
});

const SERVICE = ' '; // No group has this code.

/** A service in words, and what it is counted in. */
function ServiceFields(props: {
  readonly of: AgreedDraft;
  readonly named: string;
  readonly onLine: (line: AgreedDraft) => void;
}): ReactNode {
  const { of, named, onLine } = props;
  const { t } = useTranslation();
  const { units } = useTradeCodes(useToday());
  return (
    <>
      <div className="is-wide">
        <Field
          label={t('erp.form.service')}
          description={t('erp.form.serviceHint')}
          value={of.service ?? ''}
          onValue={(service) => onLine({ ...of, service })}
          maxLength={200}
          named={`${named}.service`}
        />
      </div>
      <ChoiceField
        label={t('erp.field.baseUnit')}
        value={of.unit}
        onValue={(unit) => onLine({ ...of, unit })}
        of={units}
        none={t('erp.form.none')}
        named={`${named}.unit`}
      />
    </>
  );
}

/** What is agreed on: an item, all items of a group, or what is bought as a service in words. */
function Subject(props: {
  readonly of: AgreedDraft;
  readonly groups: readonly { readonly code: string; readonly name: string }[];
  readonly hasServices: boolean;
  readonly named: string;
  readonly onLine: (line: AgreedDraft) => void;
}): ReactNode {
  const { of, groups, hasServices, named, onLine } = props;
  const { t } = useTranslation();
  const isService = of.service !== undefined;
  return (
    <>
      <ChoiceField
        label={t('erp.form.agreedOn')}
        value={isService ? SERVICE : of.itemGroup}
        onValue={(chosen) => {
          const service = chosen === SERVICE ? '' : undefined;
          onLine({ ...of, service, itemGroup: chosen.trim(), item: undefined });
        }}
        of={[
          ...(hasServices ? [{ value: SERVICE, label: t('erp.form.agreedService') }] : []),
          ...groups.map(({ code, name }) => ({
            value: code,
            label: t('erp.form.agreedGroup', { name }),
          })),
        ]}
        none={t('erp.form.oneItem')}
        named={`${named}.itemGroup`}
      />
      {isService ? <ServiceFields of={of} named={named} onLine={onLine} /> : null}
      {of.itemGroup === '' && !isService ? (
        <div className="is-wide">
          <ItemBox
            value={of.item}
            onValue={(item) => onLine({ ...of, item })}
            named={`${named}.item`}
          />
        </div>
      ) : null}
    </>
  );
}

/** Lines that are agreed on: of what, at which price, how much at most. */
export function AgreedFields(props: {
  readonly side: 'purchase' | 'sales'; // What is sold as a service is an item.
  readonly of: readonly AgreedDraft[];
  readonly onLines: (lines: readonly AgreedDraft[]) => void;
  readonly currency: string;
  readonly named?: string;
  readonly least?: number;
}): ReactNode {
  const { side, of, onLines, currency, named = 'lines', least = 1 } = props;
  const { t } = useTranslation();
  const groups = useBooks('listItemGroups', {}).data?.items ?? [];
  return (
    <FormLines
      of={of}
      onLines={onLines}
      empty={emptyAgreed}
      most={MOST}
      named={named}
      least={least}
    >
      {(line, at, onLine) => (
        <>
          <Subject
            of={line}
            groups={groups}
            hasServices={side === 'purchase'}
            named={`${named}.${at}`}
            onLine={onLine}
          />
          <AmountField
            label={t('erp.field.price')}
            description={currency}
            value={line.price}
            onValue={(price) => onLine({ ...line, price })}
            named={`${named}.${at}.price`}
            optional
          />
          <AmountField
            label={t('erp.form.quantityLimit')}
            value={line.quantityLimit}
            onValue={(quantityLimit) => onLine({ ...line, quantityLimit })}
            named={`${named}.${at}.quantityLimit`}
            optional
          />
          <AmountField
            label={t('erp.form.valueLimit')}
            description={currency}
            value={line.valueLimit}
            onValue={(valueLimit) => onLine({ ...line, valueLimit })}
            named={`${named}.${at}.valueLimit`}
            optional
          />
        </>
      )}
    </FormLines>
  );
}
