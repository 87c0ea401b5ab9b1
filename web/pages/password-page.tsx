import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { call } from '../api/client.ts';
import { ActForm } from '../shared/act-form.tsx';
import { useTranslation } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';

const EMPTY = { current: '', password: '', again: '' };
const FIELDS = ['current', 'password', 'again'] as const;

/** Sets the password of whoever is signed in. */
export function PasswordPage(): ReactNode {
  const { t } = useTranslation();
  const session = useServer('getSession').data;
  const [values, setValues] = useState(EMPTY);
  const { current, password, again } = values;
  const differ = again !== '' && again !== password;
  return (
    <>
      <PageHead title={t('password.title')} about={t('password.about')} />
      <div className="rialto-card">
        <ActForm
          label={t('password.title')}
          submit={t('password.submit')}
          main
          disabled={differ}
          done={t('password.done')}
          act={() =>
            call('setPassword', {
              body: { password, ...(current === '' ? {} : { current }) },
            })
          }
          onDone={() => setValues(EMPTY)}
        >
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={session?.person.name ?? ''}
            readOnly
            hidden
          />
          {FIELDS.map((field) => (
            <TextInput
              key={field}
              type="password"
              label={t(`password.${field}`)}
              description={field === 'again' ? undefined : t(`password.${field}Hint`)}
              value={values[field]}
              onChange={({ currentTarget: { value } }) => setValues({ ...values, [field]: value })}
              autoComplete={field === 'current' ? 'current-password' : 'new-password'}
              error={field === 'again' && differ ? t('password.differ') : undefined}
              required={field !== 'current'}
            />
          ))}
        </ActForm>
      </div>
    </>
  );
}
