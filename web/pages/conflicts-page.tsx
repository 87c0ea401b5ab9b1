import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import type { Column } from '../shared/data-table.tsx';
import { useFieldName } from '../shared/field-name.ts';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { ListView } from '../shared/list-view.tsx';
import { useOperationName } from '../shared/operation-name.ts';
import { PageHead } from '../shared/page-head.tsx';
import { isRecordKind } from '../shared/record-kind.ts';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useList } from '../shared/use-list.ts';

type Conflict = ReplyOf<'listConflicts'>['items'][number];

const STATES = ['settled', 'decided', 'withdrawn'] as const;
const KINDS = ['supplier', 'item', 'purchase-order'] as const;
const NAMED = 3;

function Asks({ of }: { readonly of: Conflict }): ReactNode {
  const nameOf = useFieldName();
  if (of.asks.length === 0) return <Maybe text={undefined} />;
  const more = of.asks.length - NAMED;
  return `${of.asks.slice(0, NAMED).map(nameOf).join(', ')}${more > 0 ? ` +${more}` : ''}`;
}

function useColumns(): readonly Column<Conflict>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useOperationName();
  return [
    {
      name: 'title',
      title: t('conflict.what'),
      sort: 'title',
      wide: true,
      cell: (row) => (
        <TextLink to="/conflicts/$id" params={{ id: row.id }}>
          {row.title}
        </TextLink>
      ),
    },
    { name: 'operation', title: t('conflict.wish'), cell: (row) => nameOf(row.operation) },
    {
      name: 'asks',
      title: t('conflict.asks'),
      sort: 'asks',
      wide: true,
      cell: (row) => <Asks of={row} />,
    },
    {
      name: 'state',
      title: t('field.status'),
      sort: 'state',
      cell: (row) => <StatusMark status={row.state} />,
    },
    {
      name: 'kind',
      title: t('field.kind'),
      sort: 'kind',
      quiet: true,
      cell: (row) => (isRecordKind(row.kind) ? t(`recordKind.${row.kind}`) : row.kind),
    },
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

/** Changes wanted here that met changes made there, and wait for somebody to say who wins. */
export function ConflictsPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('nav.conflicts')} about={t('conflict.about')} />
      <ListView
        label={t('nav.conflicts')}
        searchLabel={t('conflict.search')}
        choices={[
          {
            name: 'state',
            label: t('field.status'),
            none: t('conflict.openOnly'),
            values: [
              ...STATES.map((value) => ({ value, label: t(`status.${value}`) })),
              { value: ['open', ...STATES].join(','), label: t('conflict.allStates') },
            ],
          },
          {
            name: 'kind',
            label: t('field.kind'),
            values: KINDS.map((value) => ({ value, label: t(`recordKind.${value}`) })),
          },
          ...useIntegrationChoice(),
        ]}
        list={useList('listConflicts')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('conflict.empty'), hint: t('conflict.emptyHint') }}
      />
    </>
  );
}
