import type { ReactNode } from 'react';
import type { AuditEventRow } from '#api-contract';
import type { Column } from '../../shared/data-table.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { FilterLink } from '../../shared/filter-link.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { Chip, DayBox } from '../../shared/list-filters.tsx';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { useList } from '../../shared/use-list.ts';
import { StatusMark } from '../../shared/status.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { Verify } from './verify.tsx';

const AREAS = [
  'sessions',
  'people',
  'integrations',
  'mappings',
  'schedules',
  'runs',
  'drift',
  'transactions',
  'questions',
  'records',
  'warehouse',
] as const;
const OUTCOMES = ['done', 'failed', 'intended'] as const;

const detailsOf = ({ details }: AuditEventRow): string | undefined => {
  const text = Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
  return text === '' ? undefined : text;
};

function useColumns(): readonly Column<AuditEventRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'at',
      title: t('audit.at'),
      cell: (row) => (
        <time dateTime={row.at} title={row.at}>
          {format.moment(row.at)}
        </time>
      ),
    },
    {
      name: 'actor',
      title: t('audit.actor'),
      cell: (row) => (
        <FilterLink name="actor" value={row.actor} label={t('audit.actor')}>
          {row.actorName ?? row.actor}
        </FilterLink>
      ),
    },
    {
      name: 'action',
      title: t('audit.action'),
      cell: (row) => (
        <FilterLink name="action" value={row.action} label={t('audit.action')}>
          {row.action}
        </FilterLink>
      ),
    },
    {
      name: 'outcome',
      title: t('audit.outcome'),
      cell: (row) => <StatusMark status={row.outcome} />,
    },
    {
      name: 'subject',
      title: t('audit.subject'),
      cell: (row) => <Maybe text={row.subjectName ?? row.subject} />,
    },
    {
      name: 'details',
      title: t('audit.details'),
      wide: true,
      quiet: true,
      cell: (row) => <Maybe text={detailsOf(row)} />,
    },
    {
      name: 'position',
      title: t('audit.position'),
      sort: 'position',
      end: true,
      quiet: true,
      cell: (row) => <span title={row.hash}>{format.count(row.position)}</span>,
    },
  ];
}

function Filters(): ReactNode {
  const { t } = useTranslation();
  const [{ action, actor, subject }] = useUrl();
  const isArea = AREAS.some((area) => area === action);
  return (
    <>
      <DayBox name="from" label={t('audit.from')} />
      <DayBox name="to" label={t('audit.to')} />
      {action === undefined || isArea ? null : (
        <Chip name="action" label={t('audit.action')} text={action} />
      )}
      {actor === undefined ? null : <Chip name="actor" label={t('audit.actor')} text={actor} />}
      {subject === undefined ? null : (
        <Chip name="subject" label={t('audit.subject')} text={subject} />
      )}
    </>
  );
}

/** What people did, in a chain that shows when it was tampered with. */
export function AuditPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('nav.audit')} about={t('audit.about')} />
      <Verify />
      <ListView
        label={t('nav.audit')}
        searchLabel={t('audit.search')}
        choices={[
          {
            name: 'action',
            label: t('audit.area'),
            values: AREAS.map((value) => ({ value, label: t(`audit.areas.${value}`) })),
          },
          {
            name: 'outcome',
            label: t('audit.outcome'),
            values: OUTCOMES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        filters={<Filters />}
        list={useList('listAuditEvents')}
        columns={useColumns()}
        keyOf={(row) => row.position}
        empty={{ title: t('audit.empty') }}
      />
    </>
  );
}
