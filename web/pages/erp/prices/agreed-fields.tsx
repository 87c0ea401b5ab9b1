import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { AmountField, ChoiceField } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { FormLines } from '../forms/form-lines.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';

/** A line of an agreement as somebody is writing it; '' is nothing. */
export type AgreedDraft = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly itemGroup: string; // All items of it, instead of one.
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
  price: '',
  quantityLimit: '',
  valueLimit: '',
});

/** What a line is sent as, by the number that it gets. */
export const agreedBodyOf = (
  line: number,
  { item, itemGroup, price, quantityLimit, valueLimit }: AgreedDraft,
) => ({
  line: String(line),
  ...filled({
    item: itemGroup === '' ? (item?.id ?? '') : '',
    itemGroup,
    price,
    quantityLimit,
    valueLimit,
  }),
});

/** What is agreed on: an item, or all items of a group. */
function Subject(props: {
  readonly of: AgreedDraft;
  readonly groups: readonly { readonly code: string; readonly name: string }[];
  readonly named: string;
  readonly onLine: (line: AgreedDraft) => void;
}): ReactNode {
  const { of, groups, named, onLine } = props;
  const { t } = useTranslation();
  return (
    <>
      {groups.length === 0 ? null : (
        <ChoiceField
          label={t('erp.form.agreedOn')}
          value={of.itemGroup}
          onValue={(itemGroup) => onLine({ ...of, itemGroup, item: undefined })}
          of={groups.map(({ code, name }) => ({
            value: code,
            label: t('erp.form.agreedGroup', { name }),
          }))}
          none={t('erp.form.oneItem')}
          named={`${named}.itemGroup`}
        />
      )}
      {of.itemGroup === '' ? (
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
  readonly of: readonly AgreedDraft[];
  readonly onLines: (lines: readonly AgreedDraft[]) => void;
  readonly currency: string;
  readonly named?: string;
  readonly least?: number;
}): ReactNode {
  const { of, onLines, currency, named = 'lines', least = 1 } = props;
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
          <Subject of={line} groups={groups} named={`${named}.${at}`} onLine={onLine} />
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
