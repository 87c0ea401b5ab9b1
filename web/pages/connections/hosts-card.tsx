import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { ExchangeView } from '../../shared/exchange-view.tsx';
import { Card } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { StatusMark } from '../../shared/status.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';

type Health = ReplyOf<'getHealthOf'>;
type Host = Health['hosts'][number];

const ANSWERS_SHOWN = 5;

function useColumns(): readonly Column<Host>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: 'host', title: t('hosts.host'), cell: (row) => <code>{row.host}</code> },
    {
      name: 'circuit',
      title: t('hosts.standing'),
      cell: (row) => (
        <>
          <StatusMark status={`circuit-${row.circuit}`} />
          {row.until === undefined
            ? null
            : ` ${t('hosts.until', { at: format.moment(row.until) })}`}
        </>
      ),
    },
    {
      name: 'limit',
      title: t('hosts.atOnce'),
      end: true,
      cell: (row) =>
        t('hosts.ofLimit', { now: format.count(row.inFlight), limit: format.count(row.limit) }),
    },
    {
      name: 'ceiling',
      title: t('hosts.ceiling'),
      end: true,
      cell: (row) => (
        <Maybe text={row.ceiling === undefined ? undefined : format.count(row.ceiling)} />
      ),
    },
    {
      name: 'failures',
      title: t('hosts.failures'),
      end: true,
      cell: (row) => format.count(row.failures ?? 0),
    },
  ];
}

/** The last requests of the last run, with what was answered. */
function LastAnswers({ run }: { readonly run: string }): ReactNode {
  const { t } = useTranslation();
  const query = { sort: '-at', pageSize: ANSWERS_SHOWN } as const;
  const found = useServer('listExchanges', { params: { id: run }, query }).data?.items ?? [];
  if (found.length === 0) return null;
  return (
    <div className="rialto-source">
      <h3>{t('hosts.lastAnswers')}</h3>
      {found.map((one) => (
        <ExchangeView key={one.id} of={one} />
      ))}
      <TextLink to="/runs/$id" params={{ id: run }} search={{ tab: 'exchanges' }}>
        {t('hosts.allOfRun')}
      </TextLink>
    </div>
  );
}

/** How the hosts of a system are: whether they are asked, and how much at once they take. */
export function HostsCard({ of }: { readonly of: Health }): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const maySee = useMay('runs:read');
  return (
    <Card title={t('hosts.title')}>
      {of.hosts.length === 0 ? (
        <p className="rialto-note">{t('hosts.none')}</p>
      ) : (
        <DataTable
          label={t('hosts.title')}
          columns={columns}
          rows={of.hosts}
          keyOf={({ host }) => host}
        />
      )}
      {maySee && of.lastRun !== undefined ? <LastAnswers run={of.lastRun.id} /> : null}
    </Card>
  );
}
