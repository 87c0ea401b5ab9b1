import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../api/client.ts';
import { useServer } from '../api/ask-server.ts';
import { ActButton } from '../shared/act-button.tsx';
import { Async, loadable } from '../shared/async.tsx';
import { DataTable } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Card, Tiles } from '../shared/facts.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';
import { PersonName } from '../shared/person-name.tsx';
import { StatusMark } from '../shared/status.tsx';
import { WorkFailure, WorkProgress } from '../shared/work.tsx';

type Rebuild = NonNullable<ReplyOf<'getRebuild'>['last']>;
type Table = NonNullable<Rebuild['result']>['tables'][number];

function Tables({ of }: { readonly of: readonly Table[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const told = ({ same }: Table): string => {
    if (same === null) return '–'; // Records changed meanwhile.
    return same ? `✓ ${t('warehouse.same')}` : `✗ ${t('warehouse.differs')}`;
  };
  const columns: readonly Column<Table>[] = [
    { name: 'table', title: t('warehouse.table'), cell: (row) => row.table },
    { name: 'rows', title: t('warehouse.rows'), end: true, cell: (row) => format.count(row.rows) },
    { name: 'same', title: t('warehouse.compared'), cell: told },
  ];
  return (
    <DataTable
      label={t('nav.warehouse')}
      columns={columns}
      rows={of}
      keyOf={({ table }) => table}
    />
  );
}

/** How much of the log the warehouse has read. */
function Read(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const freshness = useServer('getOverview').data?.freshness;
  if (freshness === undefined) return null;
  const { behind, logPosition, warehousePosition } = freshness;
  const counts = { count: format.count(warehousePosition), total: format.count(logPosition) };
  const tiles: readonly (readonly [string, ReactNode])[] = [
    [t('warehouse.read'), t('warehouse.readOf', counts)],
    [t('field.status'), behind ? t('freshness.behind') : t('freshness.current')],
  ];
  return <Tiles of={tiles} />;
}

function Last({ of }: { readonly of: Rebuild | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (of === null) {
    return (
      <Card title={t('warehouse.last')}>
        <p className="rialto-note">{t('warehouse.never')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('warehouse.last')}>
      <div className="rialto-source" role="status">
        <p>
          <StatusMark status={of.status === 'cancelled' ? 'stopped' : of.status} />{' '}
          <PersonName of={of.by} /> ·{' '}
          <time dateTime={of.startedAt}>{format.moment(of.startedAt)}</time>
        </p>
        <WorkProgress of={of} />
        <WorkFailure of={of} />
      </div>
      {of.result === undefined ? null : <Tables of={of.result.tables} />}
    </Card>
  );
}

/** Builds the warehouse anew from the change log, and shows that it comes out the same. */
export function WarehousePage(): ReactNode {
  const { t } = useTranslation();
  const last = useQuery({
    queryKey: ['getRebuild', {}],
    queryFn: ({ signal }) => call('getRebuild', { signal }),
    refetchInterval: ({ state }) => (state.data?.last?.status === 'running' ? 700 : false),
  });
  const running = last.data?.last?.status === 'running';
  return (
    <>
      <PageHead title={t('nav.warehouse')} about={t('warehouse.about')}>
        {running ? null : (
          <ActButton text={t('warehouse.rebuild')} act={() => call('startRebuild')} />
        )}
      </PageHead>
      <Read />
      <Async of={loadable(last)} rows={4}>
        {(shown) => <Last of={shown.last} />}
      </Async>
    </>
  );
}
