import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActForm } from '../../../shared/act-form.tsx';
import type { ErpList } from '../../../shared/erp-areas.ts';
import { Failure } from '../../../shared/failure.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { newKey } from '../booking-key.ts';
import { useEntity } from '../entity.ts';
import { InBooks } from '../links.tsx';
import { ObjectHead } from '../object-page.tsx';

type Made = { readonly id: string; readonly number?: string };
type Left = Made & { readonly error: Error };

/** How something new is sent; `next` goes on with what was made, and may be refused by itself. */
type Sending = {
  readonly text: string;
  readonly make: (key: string) => Promise<Partial<Made>>; // Without an id: it has no page of its own.
  readonly next?: (made: Made) => Promise<unknown>;
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('refused'));

/** A page on which something new is written; then it is shown. Sent twice it is made once. */
export function NewDocument(props: {
  readonly list: ErpList;
  readonly title: string;
  readonly about?: string;
  readonly main: Sending;
  readonly other?: Sending;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { list, title, about, main, other, disabled = false, children } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const navigate = useNavigate();
  const [key] = useState(newKey);
  const [left, setLeft] = useState<Left>(); // Made, and not gone on with.
  const send = async ({ make, next }: Sending): Promise<void> => {
    const { id, number } = await make(key);
    const search = { entity: code };
    if (id === undefined) {
      await navigate({ to: '/erp/$list', params: { list }, search });
      return;
    }
    const made = number === undefined ? { id } : { id, number };
    try {
      await next?.(made);
    } catch (error) {
      setLeft({ ...made, error: asError(error) });
      return;
    }
    await navigate({ to: '/erp/$list/$id', params: { list, id }, search });
  };
  return (
    <>
      <ObjectHead list={list} title={title} />
      <section className="rialto-card erp-document-form" aria-label={title}>
        {left === undefined ? (
          <ActForm
            label={title}
            submit={main.text}
            main
            disabled={disabled}
            act={() => send(main)}
            {...(other === undefined ? {} : { also: { text: other.text, act: () => send(other) } })}
          >
            {about === undefined ? null : <p className="rialto-dim">{about}</p>}
            {children}
          </ActForm>
        ) : (
          <Unfinished list={list} of={left} text={t('erp.form.leftAsDraft')} />
        )}
      </section>
    </>
  );
}

function Unfinished(props: {
  readonly list: ErpList;
  readonly of: Left;
  readonly text: string;
}): ReactNode {
  const { list, of, text } = props;
  return (
    <>
      <p className="erp-note">
        {text}{' '}
        <InBooks list={list} id={of.id}>
          {of.number ?? of.id}
        </InBooks>
      </p>
      <Failure error={of.error} />
    </>
  );
}
