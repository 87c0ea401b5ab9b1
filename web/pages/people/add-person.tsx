import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import type { RoleName } from '#api-contract';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import type { Invitation } from './invite-link.tsx';
import { useRoles } from './use-roles.ts';

const NOBODY = { name: '', email: '', role: 'viewer' as RoleName };

/** Adds someone with a role; a one-time link comes back to hand over. */
export function AddPerson({
  onInvite,
}: {
  readonly onInvite: (made: Invitation) => void;
}): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const roles = useRoles();
  const [values, setValues] = useState(NOBODY);
  const add = useMutation({
    mutationFn: () => {
      const { name, email, role } = values;
      return call('addPerson', { body: { name, role, ...(email === '' ? {} : { email }) } });
    },
    onSuccess: ({ person, path }) => {
      onInvite({ name: person.name, path });
      setValues(NOBODY);
      return client.invalidateQueries({ queryKey: ['listPeople'] });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <details className="rialto-card rialto-background">
      <summary>{t('people.add')}</summary>
      <form onSubmit={submit} className="rialto-form" aria-label={t('people.add')}>
        <TextInput
          label={t('people.name')}
          value={values.name}
          onChange={({ currentTarget: { value } }) => setValues({ ...values, name: value })}
          autoComplete="off"
          required
        />
        <TextInput
          type="email"
          label={t('people.email')}
          value={values.email}
          onChange={({ currentTarget: { value } }) => setValues({ ...values, email: value })}
          autoComplete="off"
        />
        <NativeSelect
          label={t('people.role')}
          value={values.role}
          data={[...roles]}
          onChange={({ currentTarget: { value } }) => {
            const role = roles.find((one) => one.value === value)?.value;
            if (role !== undefined) setValues({ ...values, role });
          }}
        />
        {add.error === null ? null : <Failure error={add.error} />}
        <Button type="submit" loading={add.isPending}>
          {t('people.add')}
        </Button>
      </form>
    </details>
  );
}
