import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField, Field } from '../fields.tsx';
import type { Party } from '../forms/party-box.tsx';
import { changeOf, draftOf, PartyFields } from './party-fields.tsx';

const BLOCKS = {
  customer: ['sales', 'delivery'],
  supplier: ['purchasing', 'payment'],
} as const;

/** Whether a party is dealt with at all, and what is held back. */
function Standing(props: {
  readonly role: Party['role'];
  readonly of: Standing;
  readonly set: (some: Partial<Standing>) => void;
}): ReactNode {
  const { role, of, set } = props;
  const { t } = useTranslation();
  const other = of.blocks.filter((block) => !BLOCKS[role].some((one) => one === block));
  return (
    <div className="erp-form-grid">
      <ChoiceField
        label={t('field.status')}
        value={of.status}
        onValue={(status) => set({ status: status === 'active' ? 'active' : 'inactive' })}
        of={(['active', 'inactive'] as const).map((value) => ({
          value,
          label: t(`erp.standing.${value}`),
        }))}
        named="status"
      />
      <fieldset className="erp-form-checks">
        <legend>{t('erp.form.block')}</legend>
        {BLOCKS[role].map((block) => (
          <label key={block}>
            <input
              type="checkbox"
              checked={of.blocks.includes(block)}
              onChange={({ currentTarget: { checked } }) =>
                set({
                  blocks: [
                    ...other,
                    ...BLOCKS[role].filter((one) =>
                      one === block ? checked : of.blocks.includes(one),
                    ),
                  ],
                })
              }
            />{' '}
            {t(`erp.form.blocks.${block}`)}
          </label>
        ))}
      </fieldset>
      <div className="is-wide">
        <Field
          label={t('erp.field.blocks')}
          value={of.blockReason}
          onValue={(blockReason) => set({ blockReason })}
          maxLength={500}
          named="blockReason"
          optional
        />
      </div>
    </div>
  );
}

type Standing = {
  readonly status: Party['status'];
  readonly blocks: Party['blocks'];
  readonly blockReason: string;
};

/** Changes what a customer or supplier says; everything that others changed meanwhile is seen first. */
export function ChangeParty({ of }: { readonly of: Party }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const may = useMay('parties:write');
  const [draft, setDraft] = useState(() => draftOf(of));
  const [standing, setStanding] = useState<Standing>({
    status: of.status,
    blocks: of.blocks,
    blockReason: of.blockReason ?? '',
  });
  if (!may) return null;
  const { status, blocks, blockReason } = standing;
  return (
    <Acts>
      <BookingForm
        title={t('erp.form.change')}
        act={(key) =>
          callBooks('updateParty', {
            params: { entity: code, id: of.id },
            body: {
              version: of.version,
              set: {
                ...changeOf(draft, of),
                status,
                blocks: [...blocks],
                blockReason: blockReason.trim() === '' ? null : blockReason.trim(),
              },
            },
            key,
          })
        }
      >
        <PartyFields
          role={of.role}
          of={draft}
          set={(some) => setDraft((before) => ({ ...before, ...some }))}
        />
        <Standing
          role={of.role}
          of={standing}
          set={(some) => setStanding((before) => ({ ...before, ...some }))}
        />
      </BookingForm>
    </Acts>
  );
}
