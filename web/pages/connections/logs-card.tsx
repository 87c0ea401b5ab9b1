import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { StatusMark } from '../../shared/status.tsx';

type Log = ReplyOf<'getHealthOf'>['logs'][number];

function useColumns(): readonly Column<Log>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: 'entity', title: t('logs.entity'), cell: (row) => row.entity },
    {
      name: 'state',
      title: t('field.status'),
      cell: (row) => (
        <StatusMark
          status={row.warned && row.state === 'kept' ? 'log-behind' : `log-${row.state}`}
        />
      ),
    },
    {
      name: 'bytes',
      title: t('logs.behind'),
      end: true,
      cell: (row) => (
        <Maybe text={row.behindBytes === undefined ? undefined : format.bytes(row.behindBytes)} />
      ),
    },
    {
      name: 'seconds',
      title: t('logs.idle'),
      end: true,
      cell: ({ followed, behindSeconds }) => {
        if (followed) return t('logs.followed');
        const ms = behindSeconds === undefined ? undefined : behindSeconds * 1000;
        return <Maybe text={ms === undefined ? undefined : format.duration(ms)} />;
      },
    },
    {
      name: 'name',
      title: t('logs.slot'),
      quiet: true,
      wide: true,
      cell: (row) => <code>{row.name}</code>,
    },
    { name: 'why', title: t('field.reason'), wide: true, cell: (row) => <Maybe text={row.why} /> },
  ];
}

/** The change logs that a source keeps until they are read, and how far reading is behind. */
export function LogsCard({ of }: { readonly of: readonly Log[] }): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const isUnexplained = of.every(({ why }) => why === undefined);
  return (
    <Card title={t('logs.title')}>
      <div className="rialto-source">
        <p className="rialto-dim">{t('logs.about')}</p>
      </div>
      <DataTable
        label={t('logs.title')}
        columns={columns.filter(({ name }) => name !== 'why' || !isUnexplained)}
        rows={of}
        keyOf={({ name }) => name}
      />
    </Card>
  );
}
