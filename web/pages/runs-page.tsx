import type { ReactNode } from 'react';
import type { QueryOf, Run } from '#api-contract';
import { EXPORT_PATHS } from '../api/addresses.ts';
import { useServer } from '../api/ask-server.ts';
import { addressOf } from '../api/client.ts';
import { loadable } from '../shared/async.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { ExportLink, ListView, ToIntegrations } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { totalOf } from '../shared/run-parts.tsx';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';

const STATUSES = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;
const COUNTS = ['read', 'created', 'changed', 'deleted', 'quarantined'] as const;

function useColumns(): readonly Column<Run>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'started',
      title: t('field.started'),
      sort: 'startedAt',
      cell: (run) => (
        <TextLink to="/runs/$id" params={{ id: run.id }} className="rialto-link">
          <time dateTime={run.startedAt}>{format.moment(run.startedAt)}</time>
        </TextLink>
      ),
    },
    { name: 'integration', title: t('field.integration'), cell: (run) => run.integration },
    { name: 'status', title: t('field.status'), cell: (run) => <StatusMark status={run.status} /> },
    {
      name: 'took',
      title: t('field.took'),
      end: true,
      cell: (run) => (
        <Maybe
          text={
            run.finishedAt === undefined ? undefined : format.span(run.startedAt, run.finishedAt)
          }
        />
      ),
    },
    ...COUNTS.map(
      (name): Column<Run> => ({
        name,
        title: t(`field.${name}`),
        end: true,
        cell: (run) => format.count(totalOf(run, name)),
      }),
    ),
    {
      name: 'message',
      title: t('field.message'),
      wide: true,
      quiet: true,
      cell: (run) => <Maybe text={run.message} />,
    },
  ];
}

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
        columns={useColumns()}
        keyOf={(run) => run.id}
        sort="-startedAt"
        empty={{ title: t('integrations.noRuns'), action: <ToIntegrations /> }}
      />
    </>
  );
}
