import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Person } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { ClearFilters, SearchBox } from '../../shared/list-filters.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { StatusMark } from '../../shared/status.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { AddPerson } from './add-person.tsx';
import { InviteLink } from './invite-link.tsx';
import type { Invitation } from './invite-link.tsx';
import { PersonActions } from './person-actions.tsx';
import { RoleChoice } from './role-choice.tsx';

function useColumns(onInvite: (made: Invitation) => void): readonly Column<Person>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('people:write');
  const me = useServer('getSession').data?.person.id;
  const columns: readonly Column<Person>[] = [
    { name: 'name', title: t('people.name'), wide: true, cell: (row) => <b>{row.name}</b> },
    { name: 'email', title: t('people.email'), cell: (row) => <Maybe text={row.email} /> },
    {
      name: 'role',
      title: t('people.role'),
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
  const [search] = useUrl();
  const [invitation, setInvitation] = useState<Invitation>();
  const people = useServer('listPeople');
  const mayWrite = useMay('people:write');
  const columns = useColumns(setInvitation);
  const wanted = (search['search'] ?? '').toLowerCase();
  const found = (items: readonly Person[]): readonly Person[] =>
    items.filter(({ name, email = '', role }) =>
      `${name} ${email} ${role}`.toLowerCase().includes(wanted),
    );
  return (
    <>
      <PageHead title={t('nav.people')} about={t('people.about')} />
      <div className="rialto-stack">
        {invitation === undefined ? null : <InviteLink of={invitation} />}
        {mayWrite ? <AddPerson onInvite={setInvitation} /> : null}
        <div role="search" aria-label={t('people.search')} className="rialto-filters">
          <SearchBox label={t('people.search')} />
          <ClearFilters size="xs" />
        </div>
        <div className="rialto-card">
          <Async
            of={loadable(people)}
            isEmpty={({ items }) => found(items).length === 0}
            empty={<Empty title={t('list.noMatch')} action={<ClearFilters size="sm" />} />}
          >
            {({ items }) => (
              <DataTable
                label={t('nav.people')}
                columns={columns}
                rows={found(items)}
                keyOf={(row) => row.id}
              />
            )}
          </Async>
        </div>
      </div>
    </>
  );
}
