import { Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Integration, Run } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { call } from '../api/client.ts';
import { Async, Empty, loadable } from '../shared/async.tsx';
import { DataTable } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Card } from '../shared/facts.tsx';
import { Failure } from '../shared/failure.tsx';
import { useFormat } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';

function RunProgress({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (run.progress === undefined) return null;
  const { phase, done, expected } = run.progress;
  const text =
    expected === undefined
      ? t('integrations.progressOpen', { phase, done: format.count(done) })
      : t('integrations.progress', {
          phase,
          done: format.count(done),
          expected: format.count(expected),
        });
  const share = expected === undefined || expected === 0 ? 100 : (100 * done) / expected;
  return (
    <div className="rialto-progress">
      <Text size="sm">{text}</Text>
      <Progress.Root size="sm">
        <Progress.Section
          value={Math.min(100, share)}
          animated={expected === undefined}
          aria-label={text}
        />
      </Progress.Root>
    </div>
  );
}

const total = (run: Run, name: 'created' | 'changed' | 'deleted' | 'quarantined'): number =>
  run.entities.reduce((sum, entity) => sum + entity[name], 0);

function RunOutcome({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = (['created', 'changed', 'deleted', 'quarantined'] as const)
    .map((name) => `${t(`field.${name}`)} ${format.count(total(run, name))}`)
    .join(' · ');
  return (
    <div className="rialto-outcome">
      <Text size="sm">{counts}</Text>
      {run.message === undefined ? null : <Text size="sm">{run.message}</Text>}
      {run.notReady.map(({ entity, reason }) => (
        <Text key={entity} size="sm" c="dimmed">
          {t('integrations.notReady')}: {entity} ({reason})
        </Text>
      ))}
      {total(run, 'quarantined') === 0 ? null : (
        <TextLink to="/quarantine" search={{ integration: run.integration }}>
          {t('integrations.seeQuarantine')}
        </TextLink>
      )}
    </div>
  );
}

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

function SourceCard(props: { readonly of: Integration; readonly last: Run | undefined }) {
  const { of, last } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const running = last?.status === 'running' ? last : undefined;
  return (
    <Card
      title={of.name}
      aside={last === undefined ? undefined : <StatusMark status={last.status} />}
    >
      <div className="rialto-source">
        <Text size="sm" c="dimmed">
          {t('integrations.mapping', { adapter: of.adapter, mapping: of.mapping })}
          {of.sample ? ` · ${t('integrations.sample')}` : ''} ·{' '}
          {last === undefined
            ? t('integrations.never')
            : format.ago(last.finishedAt ?? last.startedAt)}
        </Text>
        {running === undefined ? null : <RunProgress run={running} />}
        {last === undefined || running !== undefined ? null : <RunOutcome run={last} />}
        <Group gap="xs" mt={4}>
          <SyncButton name={of.name} running={running} />
          <Checks name={of.name} />
        </Group>
      </div>
    </Card>
  );
}

function useRunColumns(): readonly Column<Run>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const count = (name: 'created' | 'changed' | 'deleted' | 'quarantined'): Column<Run> => ({
    name,
    title: t(`field.${name}`),
    end: true,
    cell: (run) => format.count(total(run, name)),
  });
  return [
    {
      name: 'started',
      title: t('field.started'),
      cell: (run) => <time dateTime={run.startedAt}>{format.moment(run.startedAt)}</time>,
    },
    { name: 'integration', title: t('field.integration'), cell: (run) => run.integration },
    { name: 'status', title: t('field.status'), cell: (run) => <StatusMark status={run.status} /> },
    count('created'),
    count('changed'),
    count('deleted'),
    count('quarantined'),
  ];
}

/** The connected sources, what each last did, and what it does now. */
export function IntegrationsPage(): ReactNode {
  const { t } = useTranslation();
  const sources = useServer('listIntegrations');
  const runs = useServer('listRuns', { query: { limit: 50 } });
  const columns = useRunColumns();
  const newest = (name: string): Run | undefined =>
    runs.data?.items.find((run) => run.integration === name);
  return (
    <>
      <PageHead title={t('nav.integrations')} />
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
          {({ items }) =>
            items.map((of) => <SourceCard key={of.name} of={of} last={newest(of.name)} />)
          }
        </Async>
        <Card title={t('integrations.runs')}>
          <Async
            of={loadable(runs)}
            isEmpty={({ items }) => items.length === 0}
            empty={<p className="rialto-note">{t('integrations.noRuns')}</p>}
          >
            {({ items }) => (
              <DataTable
                label={t('integrations.runs')}
                columns={columns}
                rows={items}
                keyOf={(run) => run.id}
              />
            )}
          </Async>
        </Card>
      </div>
    </>
  );
}
