import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Tiles } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { useKindName } from '../../shared/record-kind.ts';
import { RunOutcome, RunProgress, RunStatus, totalOf } from '../../shared/run-parts.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { ExchangesCard } from './exchanges-card.tsx';

type Entity = Run['entities'][number];

const COUNTS = [
  'read',
  'created',
  'changed',
  'unchanged',
  'deleted',
  'quarantined',
  'released',
] as const;

function useEntityColumns(): readonly Column<Entity>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useKindName();
  return [
    { name: 'kind', title: t('field.what'), cell: (row) => nameOf(row.kind) },
    ...COUNTS.map(
      (name): Column<Entity> => ({
        name,
        title: t(`field.${name}`),
        end: true,
        cell: (row) => format.count(row[name]),
      }),
    ),
    {
      name: 'echoed',
      title: t('field.echoed'),
      end: true,
      cell: (row) => format.count(row.echoed ?? 0),
    },
    {
      name: 'lines',
      title: t('field.lines'),
      end: true,
      cell: (row) => <Maybe text={row.lines === undefined ? undefined : format.count(row.lines)} />,
    },
  ];
}

function Figures({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Tiles
      of={[
        [t('field.status'), <RunStatus key="status" run={run} />],
        [t('field.started'), format.moment(run.startedAt)],
        [
          t('field.took'),
          run.finishedAt === undefined ? '…' : format.span(run.startedAt, run.finishedAt),
        ],
        [t('field.read'), format.count(totalOf(run, 'read'))],
        [t('field.quarantined'), format.count(totalOf(run, 'quarantined'))],
      ]}
    />
  );
}

/** What a run did, kind by kind. */
function Outcome({ of }: { readonly of: Run }): ReactNode {
  const { t } = useTranslation();
  const columns = useEntityColumns();
  return (
    <>
      <Card title={t('run.outcome')}>
        <div className="rialto-source">
          {of.status === 'running' ? <RunProgress run={of} /> : <RunOutcome run={of} />}
        </div>
      </Card>
      <Card title={t('run.entities')}>
        {of.entities.length === 0 ? (
          <p className="rialto-note">{t('run.noEntities')}</p>
        ) : (
          <DataTable
            label={t('run.entities')}
            columns={columns}
            rows={of.entities}
            keyOf={(row, at) => `${row.kind} ${at}`}
          />
        )}
      </Card>
    </>
  );
}

const TABS = ['outcome', 'exchanges'] as const;

/** The parts of the page; which is open is in the address. */
function Tabs({ open }: { readonly open: (typeof TABS)[number] }): ReactNode {
  const { t } = useTranslation();
  const [, change] = useUrl();
  return (
    <div role="group" aria-label={t('run.parts')} className="rialto-chips">
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          className="rialto-chip"
          aria-pressed={tab === open}
          onClick={() => change({ tab: tab === 'outcome' ? undefined : tab })}
        >
          {t(`run.${tab}`)}
        </button>
      ))}
    </div>
  );
}

/** One run of a source: what it read, kind by kind, what came of it, and what went over the wire. */
export function RunPage(): ReactNode {
  const { id } = useParams({ from: '/runs/$id' });
  const { t } = useTranslation();
  const [{ tab }] = useUrl();
  const run = useServer('getRun', { params: { id } });
  const open = tab === 'exchanges' ? 'exchanges' : 'outcome';
  return (
    <>
      <PageHead
        title={
          run.data === undefined ? t('run.title') : t('run.of', { name: run.data.integration })
        }
        above={
          <TextLink to="/runs" className="rialto-crumb">
            {t('nav.runs')}
          </TextLink>
        }
      />
      <Async of={loadable(run)}>
        {(of) => (
          <div className="rialto-stack">
            <Figures run={of} />
            <Tabs open={open} />
            {open === 'exchanges' ? <ExchangesCard id={id} /> : <Outcome of={of} />}
          </div>
        )}
      </Async>
    </>
  );
}
