import type { ReactNode } from 'react';
import type { QueryOf } from '#api-contract';
import { EXPORT_PATHS } from '../api/addresses.ts';
import { useServer } from '../api/ask-server.ts';
import { addressOf } from '../api/client.ts';
import { loadable } from '../shared/async.tsx';
import { useTranslation } from '../shared/i18n.ts';
import { ExportLink, ListView, ToIntegrations } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useRunColumns } from '../shared/run-columns.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';

const STATUSES = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

/** Every run of every source: when, how long, what came of it. */
export function RunsPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
  const query = search as QueryOf<'listRuns'>;
  const runs = useServer('listRuns', { query }, { keep: true });
  return (
    <>
      <PageHead title={t('nav.runs')}>
        <ExportLink href={addressOf(EXPORT_PATHS.exportRuns, search)} />
      </PageHead>
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
        of={loadable(runs)}
        columns={useRunColumns()}
        keyOf={(run) => run.id}
        sort="-startedAt"
        empty={{ title: t('integrations.noRuns'), action: <ToIntegrations /> }}
      />
    </>
  );
}
