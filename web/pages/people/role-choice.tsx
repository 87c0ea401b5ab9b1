import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Person, RoleName } from '#api-contract';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useRoles } from './use-roles.ts';

/** What someone may do; `fixed` where the reader may not change it. */
export function RoleChoice(props: { readonly of: Person; readonly fixed: boolean }): ReactNode {
  const { of, fixed } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const roles = useRoles();
  const change = useMutation({
    mutationFn: (role: RoleName) => call('changeRole', { params: { id: of.id }, body: { role } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['listPeople'] }),
  });
  const title = roles.find(({ value }) => value === of.role)?.label ?? of.role;
  if (fixed) return title;
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('people.roleOf', { name: of.name })}
        value={of.role}
        data={[...roles]}
        disabled={change.isPending}
        onChange={({ currentTarget: { value } }) => {
          const role = roles.find((one) => one.value === value)?.value;
          if (role !== undefined) change.mutate(role);
        }}
      />
      {change.error === null ? null : <Failure error={change.error} />}
    </>
  );
}
