import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import type { Item } from '../forms/item-box.tsx';
import { itemBodyOf, itemDraftOf, ItemFields } from './item-fields.tsx';

/** Changes what an item says; its unit and number stay. */
export function ChangeItem({ of }: { readonly of: Item }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const may = useMay('items:write');
  const [draft, setDraft] = useState(() => itemDraftOf(of));
  const [status, setStatus] = useState(of.status);
  if (!may) return null;
  return (
    <Acts>
      <BookingForm
        title={t('erp.form.change')}
        act={(key) =>
          callBooks('updateErpItem', {
            params: { entity: code, id: of.id },
            body: { version: of.version, set: { ...itemBodyOf(draft), status } },
            key,
          })
        }
      >
        <ItemFields of={draft} set={(some) => setDraft((before) => ({ ...before, ...some }))}>
          <ChoiceField
            label={t('field.status')}
            value={status}
            onValue={(chosen) => setStatus(chosen === 'active' ? 'active' : 'inactive')}
            of={(['active', 'inactive'] as const).map((value) => ({
              value,
              label: t(`erp.standing.${value}`),
            }))}
            named="status"
          />
        </ItemFields>
      </BookingForm>
    </Acts>
  );
}
