import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Person } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import type { Column } from '../../shared/data-table.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { StatusMark } from '../../shared/status.tsx';
import { useList } from '../../shared/use-list.ts';
import { useMay } from '../../shared/use-may.ts';
import { AddPerson } from './add-person.tsx';
import { InviteLink } from './invite-link.tsx';
import type { Invitation } from './invite-link.tsx';
import { PersonActions } from './person-actions.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useRoles } from './use-roles.ts';

const STATUSES = ['active', 'disabled'] as const;

function useColumns(onInvite: (made: Invitation) => void): readonly Column<Person>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('people:write');
  const me = useServer('getSession').data?.person.id;
  const columns: readonly Column<Person>[] = [
    {
      name: 'name',
      title: t('people.name'),
      sort: 'name',
      wide: true,
      cell: (row) => <b>{row.name}</b>,
    },
    {
      name: 'email',
      title: t('people.email'),
      sort: 'email',
      cell: (row) => <Maybe text={row.email} />,
    },
    {
      name: 'role',
      title: t('people.role'),
      sort: 'role',
      cell: (row) => <RoleChoice of={row} fixed={!mayWrite || row.id === me} />,
    },
    {
      name: 'status',
      title: t('field.status'),
      cell: (row) => <StatusMark status={row.disabledAt === undefined ? 'active' : 'disabled'} />,
    },
    {
      name: 'signedInAt',
      title: t('people.signedIn'),
      sort: 'signedInAt',
      cell: (row) => (
        <Maybe text={row.signedInAt === undefined ? undefined : format.moment(row.signedInAt)} />
      ),
    },
    {
      name: 'password',
      title: t('people.password'),
      cell: (row) => (row.hasPassword ? t('state.yes') : t('people.byLink')),
    },
  ];
  if (!mayWrite) return columns;
  const actions: Column<Person> = {
    name: 'actions',
    title: t('people.actions'),
    end: true,
    cell: (row) =>
      row.id === me ? t('people.you') : <PersonActions of={row} onInvite={onInvite} />,
  };
  return [...columns, actions];
}

/** Who can sign in, what each may do, and how someone is added or shut out. */
export function PeoplePage(): ReactNode {
  const { t } = useTranslation();
  const [invitation, setInvitation] = useState<Invitation>();
  const mayWrite = useMay('people:write');
  return (
    <>
      <PageHead title={t('nav.people')} about={t('people.about')} />
      <div className="rialto-stack">
        {invitation === undefined ? null : <InviteLink of={invitation} />}
        {mayWrite ? <AddPerson onInvite={setInvitation} /> : null}
        <ListView
          label={t('nav.people')}
          searchLabel={t('people.search')}
          choices={[
            {
              name: 'role',
              label: t('people.role'),
              values: useRoles(),
            },
            {
              name: 'status',
              label: t('field.status'),
              values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
            },
          ]}
          list={useList('listPeople')}
          columns={useColumns(setInvitation)}
          keyOf={(row) => row.id}
          empty={{ title: t('list.noMatch') }}
        />
      </div>
    </>
  );
}
