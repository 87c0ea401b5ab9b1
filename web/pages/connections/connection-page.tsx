import { TextInput } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { IntegrationDetail, ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { ActForm } from '../../shared/act-form.tsx';
import { Ago } from '../../shared/ago.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Card, Tiles } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { ReasonForm } from '../../shared/reason-form.tsx';
import { useRunColumns } from '../../shared/run-columns.tsx';
import { RunProgress } from '../../shared/run-parts.tsx';
import { Reasons, Standing } from '../../shared/standing.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';
import { ConflictRulesCard } from './conflict-rules-card.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { DryRunCard } from './dry-run.tsx';
import { HostsCard } from './hosts-card.tsx';
import { LogsCard } from './logs-card.tsx';
import { PostingCard } from './posting-card.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { SettingsCard } from './settings-card.tsx';
import { SyncButton } from './sync-button.tsx';
import { WebhookCard } from './webhook-card.tsx';

type Health = ReplyOf<'getHealthOf'>;

const RUNS_SHOWN = 5;
const SPEAKS_HTTP = new Set(['http', 'tryton']);

function Figures({ of }: { readonly of: Health }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const search = { integration: of.integration };
  return (
    <>
      <Tiles
        of={[
          [t('connection.standing'), <Standing key="standing" of={of} />],
          [
            t('connection.lastGood'),
            of.lastGoodRunAt === undefined ? '–' : <Ago key="good" at={of.lastGoodRunAt} />,
          ],
          [
            t('connection.waiting'),
            <TextLink key="waiting" to="/transactions" search={search}>
              {format.count(of.waiting)}
            </TextLink>,
          ],
          [
            t('nav.deadLetters'),
            <TextLink key="dead" to="/dead-letters" search={search}>
              {format.count(of.needAPerson)}
            </TextLink>,
          ],
          [
            t('nav.quarantine'),
            <TextLink key="quarantine" to="/quarantine" search={search}>
              {format.count(of.quarantined)}
            </TextLink>,
          ],
          [
            t('nav.drift'),
            <TextLink key="drift" to="/drift" search={search}>
              {format.count(of.drift)}
            </TextLink>,
          ],
        ]}
      />
      {of.standing === 'good' ? null : (
        <Card title={t('connection.reasons')}>
          <div className="rialto-source">
            <Reasons of={of} />
          </div>
        </Card>
      )}
    </>
  );
}

/** Reads the source now, and says how: all of it, and whether what is gone may go here too. */
function SyncCard({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const mayRun = useMay('runs:write');
  const mayTest = useMay('integrations:write');
  const [full, setFull] = useState(false);
  const [acceptDeletions, setAccept] = useState(false);
  const query = { integration: name, pageSize: RUNS_SHOWN };
  const runs = useServer('listRuns', { query }).data?.items ?? [];
  const running = runs.find(({ status }) => status === 'running');
  const columns = useRunColumns().filter((column) => column.name !== 'integration');
  return (
    <Card
      title={t('connection.runs')}
      aside={
        <TextLink to="/runs" search={{ integration: name }} size="sm">
          {t('integrations.seeRuns')}
        </TextLink>
      }
    >
      <div className="rialto-source">
        {running === undefined ? null : <RunProgress run={running} />}
        {mayRun ? (
          <>
            <label className="rialto-check">
              <input
                type="checkbox"
                checked={full}
                onChange={({ currentTarget: { checked } }) => setFull(checked)}
              />
              {t('connection.full')}
            </label>
            <label className="rialto-check">
              <input
                type="checkbox"
                checked={acceptDeletions}
                onChange={({ currentTarget: { checked } }) => setAccept(checked)}
              />
              {t('connection.acceptDeletions')}
            </label>
          </>
        ) : null}
        <div className="rialto-tools">
          {mayRun ? (
            <SyncButton
              name={name}
              running={running}
              full={full}
              acceptDeletions={acceptDeletions}
            />
          ) : null}
          {mayTest ? <ConnectionTest name={name} /> : null}
        </div>
      </div>
      {runs.length === 0 ? (
        <p className="rialto-note">{t('integrations.never')}</p>
      ) : (
        <DataTable
          label={t('connection.runs')}
          columns={columns}
          rows={runs}
          keyOf={(run) => run.id}
        />
      )}
    </Card>
  );
}

/** Keeps a system from being written to while someone works on it, and lets it go again. */
function HoldCard({ of }: { readonly of: Health }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const params = { name: of.integration };
  return (
    <Card title={t('hold.title')}>
      <div className="rialto-source">
        {of.hold === undefined ? (
          <ReasonForm
            title={t('hold.hold')}
            about={t('hold.about')}
            act={(reason) => call('holdIntegration', { params, body: { reason } })}
          />
        ) : (
          <>
            <p>{t('hold.held', { reason: of.hold.reason, since: format.moment(of.hold.since) })}</p>
            <div className="rialto-tools">
              <ActButton
                text={t('hold.release')}
                act={() => call('releaseIntegration', { params })}
              />
            </div>
          </>
        )}
      </div>
    </Card>
  );
}

function MappingCard({ of }: { readonly of: IntegrationDetail }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card title={t('mapping.title')}>
      <div className="rialto-source">
        <p>
          {t('mapping.inForce', { mapping: of.mapping, version: of.mappingVersion })} ·{' '}
          {t(of.ownMapping ? 'mapping.own' : 'mapping.shipped')}
        </p>
        <TextLink to="/integrations/$name/mapping" params={{ name: of.name }}>
          {t('mapping.open')}
        </TextLink>
      </div>
    </Card>
  );
}

/** Forgets a connection, after its name was typed: it says what stays and what goes. */
function DisconnectCard({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  return (
    <Card title={t('disconnect.title')}>
      <div className="rialto-source">
        <details className="rialto-unfolds">
          <summary>{t('disconnect.submit')}</summary>
          <ActForm
            label={t('disconnect.title')}
            submit={t('disconnect.submit')}
            disabled={typed !== name}
            act={async () => {
              await call('deleteIntegration', { params: { name } });
              await navigate({ to: '/integrations' });
            }}
          >
            <p>{t('disconnect.stays')}</p>
            <p>{t('disconnect.goes')}</p>
            <TextInput
              label={t('disconnect.type', { name })}
              value={typed}
              onChange={({ currentTarget: { value } }) => setTyped(value)}
              autoComplete="off"
              spellCheck={false}
              required
            />
          </ActForm>
        </details>
      </div>
    </Card>
  );
}

/** What has it read besides a schedule. */
function readBy({ settings }: IntegrationDetail, health: Health | undefined) {
  if ((health?.logs.length ?? 0) > 0) return 'byLog';
  return settings['onArrival'] === true ? 'byArrival' : undefined;
}

/** One connected system: how it is, how it is reached, when it is read, what came of it. */
export function ConnectionPage(): ReactNode {
  const { name } = useParams({ from: '/integrations/$name' });
  const { t } = useTranslation();
  const found = useServer('getIntegration', { params: { name } });
  const health = useServer('getHealthOf', { params: { name } });
  const mayWrite = useMay('integrations:write');
  const mayHold = useMay('transactions:write');
  return (
    <>
      <PageHead
        title={name}
        above={
          <TextLink to="/integrations" className="rialto-crumb">
            {t('nav.integrations')}
          </TextLink>
        }
      />
      <Async of={loadable(found)}>
        {(of) => (
          <div className="rialto-stack">
            <Async of={loadable(health)} rows={2}>
              {(shown) => <Figures of={shown} />}
            </Async>
            <SyncCard name={name} />
            {mayWrite ? <DryRunCard name={name} title={t('dryRun.title')} /> : null}
            <SettingsCard of={of} />
            <ScheduleCard name={name} by={readBy(of, health.data)} />
            {of.writes.length > 0 || of.posting.standsInFor.length > 0 ? (
              <PostingCard of={of} />
            ) : null}
            {health.data !== undefined && SPEAKS_HTTP.has(of.adapter) ? (
              <HostsCard of={health.data} />
            ) : null}
            {health.data === undefined || health.data.logs.length === 0 ? null : (
              <LogsCard of={health.data.logs} />
            )}
            <WebhookCard name={name} />
            <MappingCard of={of} />
            {of.writes.length === 0 ? null : <ConflictRulesCard name={name} />}
            {mayHold && health.data !== undefined ? <HoldCard of={health.data} /> : null}
            {mayWrite ? <DisconnectCard name={name} /> : null}
          </div>
        )}
      </Async>
    </>
  );
}
