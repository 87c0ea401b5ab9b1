import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';

const FIELDS = ['name', 'path', 'mapping'] as const;
const NOTHING = { name: '', path: '', mapping: '' };

/** Connects a folder of files; `open` when nothing real is connected yet. */
export function ConnectForm(props: {
  readonly open: boolean;
  readonly retires: boolean; // The sample company is there, and will go.
}): ReactNode {
  const { open, retires } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const [values, setValues] = useState(NOTHING);
  const connect = useMutation({
    mutationFn: () =>
      call('connectIntegration', {
        body: {
          name: values.name.trim(),
          adapter: 'file',
          settings: { path: values.path.trim() },
          mapping: values.mapping.trim(),
        },
      }),
    onSuccess: () => {
      setValues(NOTHING);
      return client.invalidateQueries();
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    connect.mutate();
  };
  return (
    <details className="rialto-card rialto-background" open={open}>
      <summary>{t('connect.title')}</summary>
      <form onSubmit={submit} className="rialto-form">
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`connect.${field}`)}
            description={t(`connect.${field}Hint`)}
            value={values[field]}
            onChange={({ currentTarget: { value } }) => setValues({ ...values, [field]: value })}
            autoComplete="off"
            spellCheck={false}
            required
          />
        ))}
        {retires ? <p className="rialto-dim">{t('connect.retires')}</p> : null}
        {connect.error === null ? null : <Failure error={connect.error} />}
        {connect.data === undefined ? null : (
          <p role="status" className="rialto-good">
            ✓ {t('connect.done', { name: connect.data.integration.name })}
          </p>
        )}
        <Button type="submit" loading={connect.isPending}>
          {t('connect.submit')}
        </Button>
      </form>
    </details>
  );
}
