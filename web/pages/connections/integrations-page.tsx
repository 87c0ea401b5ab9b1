import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Integration, ReplyOf, Run } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { Ago } from '../../shared/ago.tsx';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { ButtonLink } from '../../shared/button-link.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { ChoiceBox, ClearFilters, SearchBox } from '../../shared/list-filters.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { RunOutcome, RunProgress } from '../../shared/run-parts.tsx';
import { Reasons, Standing } from '../../shared/standing.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SyncButton } from './sync-button.tsx';

type Health = ReplyOf<'getHealthOf'>;
type Source = { readonly of: Integration; readonly health: Health | undefined };

const STANDINGS = ['failing', 'held', 'attention', 'good'] as const; // The worst first.

function LastRun({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {run.status === 'running' ? <RunProgress run={run} /> : <RunOutcome run={run} />}
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

function SourceCard({ source: { of, health } }: { readonly source: Source }): ReactNode {
  const { t } = useTranslation();
  const mayRun = useMay('runs:write');
  const mayTest = useMay('integrations:write');
  const query = { integration: of.name, pageSize: 1 };
  const [last] = useServer('listRuns', { query }).data?.items ?? [];
  const running = last?.status === 'running' ? last : undefined;
  const path = of.settings['path'];
  return (
    <Card title={of.name} aside={health === undefined ? undefined : <Standing of={health} />}>
      <div className="rialto-source">
        <span className="rialto-dim">
          {of.adapter === 'file' ? t('integrations.folder') : of.adapter} ·{' '}
          {t('integrations.mapping', { mapping: of.mapping })}
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
          {mayRun ? <SyncButton name={of.name} running={running} /> : null}
          {mayTest ? <ConnectionTest name={of.name} /> : null}
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

const rankOf = ({ health }: Source): number =>
  health === undefined ? STANDINGS.length : STANDINGS.indexOf(health.standing);

/** The sources that fit the address, the one most in need of a person first. */
function useSources(of: readonly Integration[]): readonly Source[] {
  const [{ search = '', standing }] = useUrl();
  const found = useQueries({
    queries: of.map(({ name }) => ({
      queryKey: ['getHealthOf', { params: { name } }],
      queryFn: () => call('getHealthOf', { params: { name } }),
    })),
    combine: (all) => all.map(({ data }) => data),
  });
  return of
    .map((one, at) => ({ of: one, health: found[at] }))
    .filter(
      ({ of: one, health }) =>
        `${one.name} ${one.adapter} ${one.mapping}`.toLowerCase().includes(search.toLowerCase()) &&
        (standing === undefined || health?.standing === standing),
    )
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

function Worklist({ items }: { readonly items: readonly Integration[] }): ReactNode {
  const { t } = useTranslation();
  const sources = useSources(items);
  if (sources.length > 0) {
    return sources.map((source) => <SourceCard key={source.of.name} source={source} />);
  }
  return (
    <div className="rialto-card">
      <Empty title={t('list.noMatch')} action={<ClearFilters size="sm" />} />
    </div>
  );
}

/** The connected systems, how each is doing, what to do about it, and what it does now. */
export function IntegrationsPage(): ReactNode {
  const { t } = useTranslation();
  const sources = useServer('listIntegrations');
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
      <div className="rialto-stack">
        <div role="search" aria-label={t('integrations.search')} className="rialto-filters">
          <SearchBox label={t('integrations.search')} />
          <ChoiceBox choice={{ name: 'standing', label: t('connection.standing'), values }} />
          <ClearFilters size="xs" />
        </div>
        <Async
          of={loadable(sources)}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <div className="rialto-card">
              <Empty
                title={t('integrations.empty')}
                hint={t('integrations.emptyHint')}
                action={mayConnect ? <TextLink to="/connect">{t('connect.title')}</TextLink> : null}
              />
            </div>
          }
        >
          {({ items }) => <Worklist items={items} />}
        </Async>
      </div>
    </>
  );
}
