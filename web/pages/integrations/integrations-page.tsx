import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Integration, Run } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { Ago } from '../../shared/ago.tsx';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { ConnectForm } from './connect-form.tsx';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { RunOutcome, RunProgress } from '../../shared/run-parts.tsx';
import { StatusMark } from '../../shared/status.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';

function Checks({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const test = useMutation({ mutationFn: () => call('testIntegration', { params: { name } }) });
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        onClick={() => test.mutate()}
        aria-label={t('integrations.testSource', { name })}
      >
        {t('integrations.test')}
      </Button>
      {test.error === null ? null : <Failure error={test.error} />}
      {test.data === undefined ? null : (
        <ul className="rialto-checks" aria-label={t('integrations.checks')}>
          {test.data.items.map(({ check, ok, detail }) => (
            <li key={check}>
              <span className={ok ? 'rialto-good' : 'rialto-bad'}>
                {ok ? `✓ ${t('integrations.passed')}` : `✗ ${t('integrations.refused')}`}
              </span>{' '}
              {check}: {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function SyncButton({ name, running }: { name: string; running: Run | undefined }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      running === undefined
        ? call('startRun', { params: { name } })
        : call('cancelRun', { params: { id: running.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['listRuns'] }),
  });
  const label = running === undefined ? 'integrations.startRun' : 'integrations.cancelRun';
  return (
    <>
      <Button
        size="xs"
        variant={running === undefined ? 'filled' : 'default'}
        loading={change.isPending}
        onClick={() => change.mutate()}
        aria-label={t(label, { name })}
      >
        {running === undefined ? t('integrations.start') : t('integrations.cancel')}
      </Button>
      {change.error === null ? null : <Failure error={change.error} />}
    </>
  );
}

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

function SourceCard({ of }: { readonly of: Integration }): ReactNode {
  const { t } = useTranslation();
  const mayRun = useMay('runs:write');
  const mayTest = useMay('integrations:write');
  const query = { integration: of.name, pageSize: 1 };
  const [last] = useServer('listRuns', { query }).data?.items ?? [];
  const running = last?.status === 'running' ? last : undefined;
  const path = of.settings['path'];
  return (
    <Card
      title={of.name}
      aside={last === undefined ? undefined : <StatusMark status={last.status} />}
    >
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
        {last === undefined ? <span>{t('integrations.never')}</span> : <LastRun run={last} />}
        <div className="rialto-tools">
          {mayRun ? <SyncButton name={of.name} running={running} /> : null}
          {mayTest ? <Checks name={of.name} /> : null}
        </div>
      </div>
    </Card>
  );
}

/** The connected sources, what each last did, and what it does now. */
export function IntegrationsPage(): ReactNode {
  const { t } = useTranslation();
  const sources = useServer('listIntegrations');
  const mayConnect = useMay('integrations:write');
  const onlySample = sources.data?.items.every(({ sample }) => sample) ?? false;
  return (
    <>
      <PageHead title={t('nav.integrations')} about={t('integrations.about')} />
      <div className="rialto-stack">
        <Async
          of={loadable(sources)}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <div className="rialto-card">
              <Empty title={t('integrations.empty')} hint={t('integrations.emptyHint')} />
            </div>
          }
        >
          {({ items }) => items.map((of) => <SourceCard key={of.name} of={of} />)}
        </Async>
        {mayConnect && sources.data !== undefined ? (
          <ConnectForm
            key={onlySample ? 'first' : 'more'}
            open={onlySample}
            retires={onlySample && sources.data.items.length > 0}
          />
        ) : null}
      </div>
    </>
  );
}
