import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { AmountField } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { FormLines } from '../forms/form-lines.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';

/** A line of an agreement as somebody is writing it; '' is nothing. */
export type AgreedDraft = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly price: string;
  readonly quantityLimit: string;
  readonly valueLimit: string;
};

const MOST = 500;

/** A line before anything is written into it. */
export const emptyAgreed = (key: number): AgreedDraft => ({
  key,
  item: undefined,
  price: '',
  quantityLimit: '',
  valueLimit: '',
});

/** What a line is sent as, by the number that it gets. */
export const agreedBodyOf = (
  line: number,
  { item, price, quantityLimit, valueLimit }: AgreedDraft,
) => ({
  line: String(line),
  ...filled({ item: item?.id ?? '', price, quantityLimit, valueLimit }),
});

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
          <div className="is-wide">
            <ItemBox
              value={line.item}
              onValue={(item) => onLine({ ...line, item })}
              named={`${named}.${at}.item`}
            />
          </div>
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
