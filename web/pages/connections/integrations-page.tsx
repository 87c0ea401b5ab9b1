import type { ReactNode } from 'react';
import type { Integration, Run } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { useAdapterName } from '../../shared/adapter-name.ts';
import { Ago } from '../../shared/ago.tsx';
import { ButtonLink } from '../../shared/button-link.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { RunOutcome, RunProgress } from '../../shared/run-parts.tsx';
import { Reasons, Standing } from '../../shared/standing.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useList } from '../../shared/use-list.ts';
import { useMay } from '../../shared/use-may.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SyncButton } from './sync-button.tsx';

const STANDINGS = ['failing', 'held', 'attention', 'good'] as const; // The worst first.

function LastRun({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {run.status === 'running' ? <RunProgress run={run} /> : <RunOutcome run={run} brief />}
      <span className="rialto-dim">
        <Ago at={run.finishedAt ?? run.startedAt} />
        {' · '}
        <TextLink to="/runs/$id" params={{ id: run.id }} size="sm">
          {t('integrations.seeRun')}
        </TextLink>
        {' · '}
        <TextLink to="/runs" search={{ integration: run.integration }} size="sm">
          {t('integrations.seeRuns')}
        </TextLink>
      </span>
    </>
  );
}

function SourceCard({ of }: { readonly of: Integration }): ReactNode {
  const { t } = useTranslation();
  const adapterOf = useAdapterName();
  const asked = useServer('getHealthOf', { params: { name: of.name } });
  const health = asked.data;
  const mayRun = useMay('runs:write');
  const mayTest = useMay('integrations:write');
  const query = { integration: of.name, pageSize: 1 };
  const runs = useServer('listRuns', { query });
  const [last] = runs.data?.items ?? [];
  // Before, it is not known what may be done, and what still comes would move it away from who presses it.
  const isKnown = !asked.isPending && !runs.isPending;
  const running = last?.status === 'running' ? last : undefined;
  const path = of.settings['path'];
  return (
    <Card title={of.name} aside={health === undefined ? undefined : <Standing of={health} />}>
      <div className="rialto-source">
        <span className="rialto-dim">
          {adapterOf(of.adapter)} · {t('integrations.mapping', { mapping: of.mapping })}
          {of.sample ? ` · ${t('integrations.sample')}` : ''}
          {typeof path === 'string' ? (
            <>
              {' · '}
              <code>{path}</code>
            </>
          ) : null}
        </span>
        {health === undefined ? null : <Reasons of={health} most={1} />}
        {last === undefined ? null : <LastRun run={last} />}
        <div className="rialto-tools">
          {mayRun && isKnown ? <SyncButton name={of.name} running={running} /> : null}
          {mayTest && isKnown ? <ConnectionTest name={of.name} /> : null}
          <TextLink
            to="/integrations/$name"
            params={{ name: of.name }}
            size="sm"
            aria-label={t('connection.open', { name: of.name })}
          >
            {t('connection.title')}
          </TextLink>
        </div>
      </div>
    </Card>
  );
}

/** The connected systems, how each is doing, what to do about it, and what it does now. */
export function IntegrationsPage(): ReactNode {
  const { t } = useTranslation();
  const mayConnect = useMay('integrations:write');
  const values = STANDINGS.map((value) => ({ value, label: t(`status.${value}`) }));
  return (
    <>
      <PageHead title={t('nav.integrations')} about={t('integrations.about')}>
        {mayConnect ? (
          <ButtonLink to="/connect" size="sm">
            {t('connect.title')}
          </ButtonLink>
        ) : null}
      </PageHead>
      <ListView
        label={t('nav.integrations')}
        searchLabel={t('integrations.search')}
        choices={[{ name: 'standing', label: t('connection.standing'), values }]}
        list={useList('listIntegrations')}
        sorts={[
          {
            sort: 'standing',
            title: t('connection.standing'),
            up: t('connection.worstFirst'),
            down: t('connection.bestFirst'),
          },
          { sort: 'name', title: t('connect.name') },
          {
            sort: 'createdAt',
            title: t('connection.createdAt'),
            up: t('list.oldest'),
            down: t('list.newest'),
          },
        ]}
        eachACard
        empty={{
          title: t('integrations.empty'),
          hint: t('integrations.emptyHint'),
          action: mayConnect ? <TextLink to="/connect">{t('connect.title')}</TextLink> : null,
        }}
      >
        {(rows) => (
          <div className="rialto-stack">
            {rows.map((row) => (
              <SourceCard key={row.name} of={row} />
            ))}
          </div>
        )}
      </ListView>
    </>
  );
}
