import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { ActForm } from '../../shared/act-form.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { isJsonObject, JsonBox, jsonText, readJson } from '../../shared/json-text.tsx';
import { ReasonForm } from '../../shared/reason-form.tsx';

type Transaction = ReplyOf<'getTransaction'>;

function EditPayload(props: { readonly of: Transaction; readonly onSaved: () => void }): ReactNode {
  const { of, onSaved } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(() => jsonText(of.payload));
  const read = readJson(text);
  const payload = read.ok && isJsonObject(read.value) ? read.value : undefined;
  return (
    <details className="rialto-unfolds">
      <summary>{t('deadLetters.edit')}</summary>
      <ActForm
        label={t('deadLetters.edit')}
        submit={t('deadLetters.save')}
        onDone={onSaved}
        disabled={payload === undefined}
        act={() =>
          call('editDeadLetter', { params: { id: of.id }, body: { payload: payload ?? {} } })
        }
      >
        <p className="rialto-dim">{t('deadLetters.editAbout')}</p>
        <JsonBox label={t('transaction.payload')} text={text} onText={setText} />
      </ActForm>
    </details>
  );
}

/** A person has looked in the other system and says what is there. */
function Settle({
  id,
  notThereAbout,
}: {
  readonly id: string;
  readonly notThereAbout: 'goneAbout' | 'notThereAbout';
}): ReactNode {
  const { t } = useTranslation();
  const [bookedAs, setBookedAs] = useState('');
  const settle = (key: string | null) => (reason: string) =>
    call('settleDeadLetter', { params: { id }, body: { bookedAs: key, reason } });
  return (
    <>
      <ReasonForm
        title={t('deadLetters.booked')}
        about={t('deadLetters.bookedAbout')}
        act={settle(bookedAs.trim())}
      >
        <TextInput
          label={t('deadLetters.bookedAs')}
          value={bookedAs}
          onChange={({ currentTarget: { value } }) => setBookedAs(value)}
          maxLength={200}
          autoComplete="off"
          required
        />
      </ReasonForm>
      <ReasonForm
        title={t('deadLetters.notThere')}
        about={t(`deadLetters.${notThereAbout}`)}
        act={settle(null)}
      />
    </>
  );
}

/** What a person can decide about a transaction that waits for one. */
export function Decisions({ of }: { readonly of: Transaction }): ReactNode {
  const { t } = useTranslation();
  const { id, state } = of;
  const [saved, setSaved] = useState(false); // Said here: the form begins anew with what was saved.
  const stuck = state === 'dead' || state === 'conflict';
  const handedOver = state === 'handed-over';
  if (!stuck && !handedOver && state !== 'uncertain') return null;
  return (
    <Card title={t('deadLetters.decide')}>
      <div className="rialto-source">
        {stuck ? (
          <>
            <div className="rialto-tools">
              <ActButton
                main
                text={t('deadLetters.retry')}
                act={() => call('retryDeadLetter', { params: { id } })}
              />
              <span className="rialto-dim">{t(`deadLetters.retryAbout.${state}`)}</span>
            </div>
            <EditPayload key={of.updatedAt} of={of} onSaved={() => setSaved(true)} />
            {saved ? (
              <p role="status" className="rialto-good">
                ✓ {t('deadLetters.saved')}
              </p>
            ) : null}
            <ReasonForm
              title={t('deadLetters.dismiss')}
              about={t('deadLetters.dismissAbout')}
              act={(reason) => call('dismissDeadLetter', { params: { id }, body: { reason } })}
            />
          </>
        ) : (
          <>
            {handedOver ? (
              <ReasonForm
                title={t('deadLetters.withdraw')}
                about={t('deadLetters.withdrawAbout')}
                act={(reason) => call('withdrawTransaction', { params: { id }, body: { reason } })}
              />
            ) : null}
            <Settle id={id} notThereAbout={handedOver ? 'goneAbout' : 'notThereAbout'} />
          </>
        )}
      </div>
    </Card>
  );
}
