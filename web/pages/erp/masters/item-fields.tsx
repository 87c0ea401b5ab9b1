import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useToday } from '../entity.ts';
import { AmountField, ChoiceField, Field } from '../fields.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { orNull } from '../forms/filled.ts';
import type { Item } from '../forms/item-box.tsx';
import { useTradeCodes } from '../forms/trade-codes.ts';

/** What items can be. */
export const ITEM_KINDS = ['stock', 'service', 'subassembly', 'raw', 'finished', 'tool'] as const;
const COSTINGS = ['moving-average', 'fifo', 'standard'] as const;

/** An item as somebody is writing it; '' is nothing. */
export type ItemDraft = {
  readonly name: string;
  readonly kind: Item['kind'];
  readonly costing: Item['costing'];
  readonly listPrice: string;
  readonly listCurrency: string;
  readonly standardCost: string;
  readonly taxCode: string;
  readonly gtin: string;
  readonly reorderPoint: string;
  readonly safetyStock: string;
  readonly batchManaged: boolean;
  readonly serialManaged: boolean;
};

/** What stands in an item, for a form; without one, what a new one begins with. */
export const itemDraftOf = (item: Partial<Item>): ItemDraft => ({
  name: item.name ?? '',
  kind: item.kind ?? 'stock',
  costing: item.costing ?? 'moving-average',
  listPrice: item.listPrice ?? '',
  listCurrency: item.listCurrency ?? '',
  standardCost: item.standardCost ?? '',
  taxCode: item.taxCode ?? '',
  gtin: item.gtin ?? '',
  reorderPoint: item.reorderPoint ?? '',
  safetyStock: item.safetyStock ?? '',
  batchManaged: item.batchManaged ?? false,
  serialManaged: item.serialManaged ?? false,
});

/** What an item is sent as: null where nothing is written. */
export function itemBodyOf(draft: ItemDraft) {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    costing: draft.costing,
    listPrice: orNull(draft.listPrice),
    listCurrency: draft.listPrice.trim() === '' ? null : orNull(draft.listCurrency),
    standardCost: orNull(draft.standardCost),
    taxCode: orNull(draft.taxCode),
    gtin: orNull(draft.gtin),
    reorderPoint: orNull(draft.reorderPoint),
    safetyStock: orNull(draft.safetyStock),
    batchManaged: draft.batchManaged,
    serialManaged: draft.serialManaged,
  };
}

type Part = { readonly of: ItemDraft; readonly set: (some: Partial<ItemDraft>) => void };

function Money({ of, set }: Part): ReactNode {
  const { t } = useTranslation();
  const { taxCodes } = useTradeCodes(useToday());
  return (
    <>
      <AmountField
        label={t('erp.field.listPrice')}
        value={of.listPrice}
        onValue={(listPrice) => set({ listPrice })}
        named="listPrice"
        optional
      />
      <CurrencyField
        value={of.listCurrency}
        onValue={(listCurrency) => set({ listCurrency })}
        named="listCurrency"
        optional={of.listPrice === ''}
      />
      <ChoiceField
        label={t('erp.field.costing')}
        value={of.costing}
        onValue={(costing) =>
          set({ costing: COSTINGS.find((one) => one === costing) ?? of.costing })
        }
        of={COSTINGS.map((value) => ({ value, label: t(`erp.costing.${value}`) }))}
        named="costing"
      />
      <AmountField
        label={t('erp.form.standardCost')}
        value={of.standardCost}
        onValue={(standardCost) => set({ standardCost })}
        named="standardCost"
        optional={of.costing !== 'standard'}
      />
      <ChoiceField
        label={t('erp.form.taxWhenSold')}
        value={of.taxCode}
        onValue={(taxCode) => set({ taxCode })}
        of={taxCodes('output')}
        none={t('erp.form.asUsual')}
        named="taxCode"
      />
    </>
  );
}

function Tracking({ of, set }: Part): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className="erp-form-checks">
      <legend>{t('erp.form.tracking')}</legend>
      {(['batchManaged', 'serialManaged'] as const).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={of[name]}
            onChange={({ currentTarget: { checked } }) => set({ [name]: checked })}
          />{' '}
          {t(`erp.form.${name}`)}
        </label>
      ))}
    </fieldset>
  );
}

/** What an item is asked for, new or changed; `children` are what never changes. */
export function ItemFields(props: Part & { readonly children?: ReactNode }): ReactNode {
  const { of, set, children } = props;
  const { t } = useTranslation();
  return (
    <div className="erp-form-grid">
      <div className="is-wide">
        <Field
          label={t('erp.field.name')}
          value={of.name}
          onValue={(name) => set({ name })}
          maxLength={200}
          named="name"
        />
      </div>
      <ChoiceField
        label={t('field.kind')}
        value={of.kind}
        onValue={(kind) => set({ kind: ITEM_KINDS.find((one) => one === kind) ?? of.kind })}
        of={ITEM_KINDS.map((value) => ({ value, label: t(`erp.itemKind.${value}`) }))}
        named="kind"
      />
      {children}
      <Money of={of} set={set} />
      <Field
        label={t('erp.field.gtin')}
        value={of.gtin}
        onValue={(gtin) => set({ gtin })}
        maxLength={20}
        named="gtin"
        optional
      />
      <AmountField
        label={t('erp.field.reorderPoint')}
        value={of.reorderPoint}
        onValue={(reorderPoint) => set({ reorderPoint })}
        named="reorderPoint"
        optional
      />
      <AmountField
        label={t('erp.field.safetyStock')}
        value={of.safetyStock}
        onValue={(safetyStock) => set({ safetyStock })}
        named="safetyStock"
        optional
      />
      <Tracking of={of} set={set} />
    </div>
  );
}
