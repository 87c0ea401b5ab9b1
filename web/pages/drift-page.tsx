import type { ReactNode } from 'react';
import type { Drift } from '#api-contract';
import { call } from '../api/client.ts';
import { ActButton } from '../shared/act-button.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { ListView } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { StatusMark } from '../shared/status.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useMay } from '../shared/use-may.ts';

const KINDS = ['gone', 'type', 'new'] as const;
const STATUSES = ['open', 'accepted', 'refused', 'passed'] as const;

function Decide({ of }: { readonly of: Drift }): ReactNode {
  const { t } = useTranslation();
  const place = `${of.entity} ${of.path}`;
  const decide = (status: 'accepted' | 'refused') => () =>
    call('decideDrift', { params: { id: of.id }, body: { status } });
  return (
    <div className="rialto-tools rialto-end rialto-nowrap">
      {of.status === 'open' || of.status === 'refused' ? (
        <ActButton
          text={t('drift.accept')}
          label={t('drift.acceptOne', { place })}
          act={decide('accepted')}
        />
      ) : null}
      {of.status === 'open' ? (
        <ActButton
          text={t('drift.refuse')}
          label={t('drift.refuseOne', { place })}
          act={decide('refused')}
        />
      ) : null}
    </div>
  );
}

function useColumns(): readonly Column<Drift>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const mayDecide = useMay('integrations:write');
  // Beside the status, where it is seen without scrolling to the side.
  const decide: Column<Drift> = {
    name: 'decide',
    title: t('drift.decide'),
    end: true,
    cell: (row) => <Decide of={row} />,
  };
  return [
    {
      name: 'place',
      title: t('drift.place'),
      sort: 'place',
      cell: (row) => (
        <code>
          {row.entity} › {row.path}
        </code>
      ),
    },
    {
      name: 'kind',
      title: t('drift.what'),
      sort: 'kind',
      wide: true,
      cell: (row) => `${t(`drift.kind.${row.kind}`)}${row.mapped ? ` · ${t('drift.mapped')}` : ''}`,
    },
    {
      name: 'before',
      title: t('drift.before'),
      cell: (row) => <Maybe text={row.before.join(', ')} />,
    },
    {
      name: 'after',
      title: t('drift.after'),
      cell: (row) => <Maybe text={row.after.join(', ')} />,
    },
    {
      name: 'sample',
      title: t('drift.sample'),
      cell: (row) => (row.sample === null ? <Maybe text={undefined} /> : <code>{row.sample}</code>),
    },
    {
      name: 'status',
      title: t('field.status'),
      sort: 'status',
      cell: (row) => <StatusMark status={row.status} />,
    },
    ...(mayDecide ? [decide] : []),
    {
      name: 'integration',
      title: t('field.integration'),
      sort: 'integration',
      quiet: true,
      cell: (row) => row.integration,
    },
    {
      name: 'noticedAt',
      title: t('drift.noticedAt'),
      sort: 'noticedAt',
      quiet: true,
      cell: (row) => format.moment(row.noticedAt),
    },
  ];
}

/** Where sources have come to look other than before, and what each decision means. */
export function DriftPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('nav.drift')} about={t('drift.about')} />
      <ListView
        label={t('nav.drift')}
        searchLabel={t('drift.search')}
        choices={[
          {
            name: 'status',
            label: t('field.status'),
            values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          {
            name: 'kind',
            label: t('drift.what'),
            values: KINDS.map((value) => ({ value, label: t(`drift.kind.${value}`) })),
          },
          ...useIntegrationChoice(),
        ]}
        list={useList('listDrift')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('drift.empty'), hint: t('drift.emptyHint') }}
      />
      <section
        className="rialto-card rialto-assumptions rialto-apart"
        aria-label={t('drift.meaning')}
      >
        <h2>{t('drift.meaning')}</h2>
        <ul className="rialto-plain">
          {(['acceptMeans', 'refuseMeans', 'mappedMeans'] as const).map((key) => (
            <li key={key}>{t(`drift.${key}`)}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
