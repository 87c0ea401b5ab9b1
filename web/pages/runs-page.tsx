import type { ReactNode } from 'react';
import { useTranslation } from '../shared/i18n.ts';
import { ListView, ToIntegrations } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { useRunColumns } from '../shared/run-columns.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';

const STATUSES = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** Every run of every source: when, how long, what came of it. */
export function RunsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('nav.runs')} />
      <ListView
        label={t('nav.runs')}
        searchLabel={t('runs.search')}
        choices={[
          {
            name: 'status',
            label: t('field.status'),
            values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          ...useIntegrationChoice(),
        ]}
        list={useList('listRuns')}
        columns={useRunColumns()}
        keyOf={(run) => run.id}
        empty={{ title: t('integrations.noRuns'), action: <ToIntegrations /> }}
      />
    </>
  );
}
