import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import type { Column } from '../../shared/data-table.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { ListView, ToIntegrations } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useIntegrationChoice } from '../../shared/use-integration-choice.ts';
import { useList } from '../../shared/use-list.ts';
import { useCronWords } from './cron-words.ts';

type Row = ReplyOf<'listSchedules'>['items'][number];

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useCronWords();
  return [
    {
      name: 'integration',
      title: t('field.integration'),
      sort: 'integration',
      cell: ({ integration }) => (
        <TextLink to="/integrations/$name" params={{ name: integration }} className="rialto-link">
          {integration}
        </TextLink>
      ),
    },
    {
      name: 'when',
      title: t('schedules.when'),
      wide: true,
      cell: ({ cron }) => (
        <>
          {wordsOf(cron)} <code>{cron}</code>
        </>
      ),
    },
    {
      name: 'nextAt',
      title: t('schedules.next'),
      sort: 'nextAt',
      cell: ({ paused, nextAt, timeZone }) =>
        paused ? t('schedule.paused') : format.momentIn(nextAt, timeZone),
    },
    { name: 'zone', title: t('schedules.zone'), quiet: true, cell: ({ timeZone }) => timeZone },
    { name: 'by', title: t('schedules.by'), quiet: true, cell: ({ by }) => <PersonName of={by} /> },
  ];
}

/** Which systems are read by themselves, and when next. */
export function SchedulesPage(): ReactNode {
  const { t } = useTranslation();
  const values = (['false', 'true'] as const).map((value) => ({
    value,
    label: t(`schedules.paused.${value}`),
  }));
  return (
    <>
      <PageHead title={t('nav.schedules')} about={t('schedules.about')} />
      <ListView
        label={t('nav.schedules')}
        searchLabel={t('schedules.search')}
        choices={[{ name: 'paused', label: t('field.status'), values }, ...useIntegrationChoice()]}
        list={useList('listSchedules')}
        columns={useColumns()}
        keyOf={(row) => row.integration}
        empty={{
          title: t('schedules.empty'),
          hint: t('schedules.emptyHint'),
          action: <ToIntegrations />,
        }}
      />
    </>
  );
}
