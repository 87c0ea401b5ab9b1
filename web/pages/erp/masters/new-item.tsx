import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import { NewDocument } from '../forms/new-document.tsx';
import { useTradeCodes } from '../forms/trade-codes.ts';
import { itemBodyOf, itemDraftOf, ItemFields } from './item-fields.tsx';

const PIECE = 'C62';

/** An item that somebody enters. */
export function NewItem(): ReactNode {
  const { t } = useTranslation();
  const { code, currency } = useEntity();
  const { units } = useTradeCodes(useToday());
  const [draft, setDraft] = useState(() => itemDraftOf({ listCurrency: currency }));
  const [baseUnit, setUnit] = useState(PIECE);
  return (
    <NewDocument
      list="items"
      title={t('erp.new.items')}
      main={{
        text: t('erp.form.save'),
        make: (key) =>
          callBooks('createErpItem', {
            params: { entity: code },
            body: { ...itemBodyOf(draft), baseUnit },
            key,
          }),
      }}
    >
      <ItemFields of={draft} set={(some) => setDraft((before) => ({ ...before, ...some }))}>
        <ChoiceField
          label={t('erp.field.baseUnit')}
          description={t('erp.form.unitStays')}
          value={baseUnit}
          onValue={setUnit}
          of={units}
          named="baseUnit"
        />
      </ItemFields>
    </NewDocument>
  );
}
