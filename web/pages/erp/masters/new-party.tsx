import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { draftOf, newPartyOf, PartyFields } from './party-fields.tsx';

function NewParty({ role }: { readonly role: 'customer' | 'supplier' }): ReactNode {
  const { t } = useTranslation();
  const { code, country } = useEntity();
  const [draft, setDraft] = useState(() => draftOf({ country }));
  const list = role === 'customer' ? 'customers' : 'suppliers';
  return (
    <NewDocument
      list={list}
      title={t(`erp.new.${list}`)}
      main={{
        text: t('erp.form.save'),
        make: (key) =>
          callBooks('createParty', {
            params: { entity: code },
            body: { role, ...newPartyOf(draft) },
            key,
          }),
      }}
    >
      <PartyFields
        role={role}
        of={draft}
        set={(some) => setDraft((before) => ({ ...before, ...some }))}
      />
    </NewDocument>
  );
}

/** A customer that somebody enters. */
export const NewCustomer = (): ReactNode => <NewParty role="customer" />;

/** A supplier that somebody enters. */
export const NewSupplier = (): ReactNode => <NewParty role="supplier" />;
