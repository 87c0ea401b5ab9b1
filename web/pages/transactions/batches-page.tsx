import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import type { Column } from '../../shared/data-table.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { StatusMark } from '../../shared/status.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useIntegrationChoice } from '../../shared/use-integration-choice.ts';
import { useList } from '../../shared/use-list.ts';

type Batch = ReplyOf<'listBatches'>['items'][number];

const isState = (name: string, counts: Batch['counts']): name is keyof Batch['counts'] =>
  Object.hasOwn(counts, name);

/** How many of a batch's transactions stand where, each leading to them. */
function Counts({ of: { id, counts } }: { readonly of: Batch }): ReactNode {
  const format = useFormat();
  const states = Object.keys(counts).filter((name) => isState(name, counts));
  return (
    <span className="rialto-chips">
      {states.map((state) => (
        <TextLink key={state} to="/transactions" search={{ batch: id, state }}>
          {format.count(counts[state] ?? 0)} <StatusMark status={state} />
        </TextLink>
      ))}
    </span>
  );
}

function useColumns(): readonly Column<Batch>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'title',
      title: t('batches.title'),
      sort: 'title',
      wide: true,
      cell: (row) => (
        <>
          <TextLink to="/transactions" search={{ batch: row.id }} className="rialto-link">
            {row.title}
          </TextLink>
          {row.undoes === undefined ? null : (
            <span className="rialto-dim"> · {t('batches.undoes')}</span>
          )}
        </>
      ),
    },
    { name: 'counts', title: t('batches.counts'), cell: (row) => <Counts of={row} /> },
    {
      name: 'integration',
      title: t('field.integration'),
      sort: 'integration',
      cell: (row) => row.integration,
    },
    {
      name: 'by',
      title: t('transaction.by'),
      quiet: true,
      cell: (row) => <PersonName of={row.by} />,
    },
    {
      name: 'createdAt',
      title: t('transaction.createdAt'),
      sort: 'createdAt',
      quiet: true,
      cell: (row) => format.moment(row.createdAt),
    },
  ];
}

/** What was to be booked together: followed, and taken back, as one. */
export function BatchesPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('nav.batches')} about={t('batches.about')} />
      <ListView
        label={t('nav.batches')}
        searchLabel={t('batches.search')}
        choices={useIntegrationChoice()}
        list={useList('listBatches')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('batches.empty'), hint: t('batches.emptyHint') }}
      />
    </>
  );
}
