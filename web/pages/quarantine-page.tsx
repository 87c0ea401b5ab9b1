import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineItem, QueryOf } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { loadable } from '../shared/async.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat } from '../shared/i18n.ts';
import { ListView } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useUrl } from '../shared/use-url.ts';

function useColumns(): readonly Column<QuarantineItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: 'reason', title: t('field.reason'), wide: true, cell: (row) => row.reason },
    {
      name: 'record',
      title: t('field.record'),
      cell: (row) => `${row.kind} ${row.key ?? ''}`.trim(),
    },
    { name: 'file', title: t('field.file'), cell: (row) => row.file },
    {
      name: 'line',
      title: t('field.sourceLine'),
      end: true,
      cell: (row) => <Maybe text={row.line === undefined ? undefined : format.count(row.line)} />,
    },
    {
      name: 'column',
      title: t('field.column'),
      cell: (row) => <Maybe text={row.column ?? row.field} />,
    },
    {
      name: 'value',
      title: t('field.value'),
      cell: (row) =>
        row.value === undefined ? <Maybe text={undefined} /> : <code>{row.value}</code>,
    },
    {
      name: 'integration',
      title: t('field.integration'),
      quiet: true,
      cell: (row) => row.integration,
    },
    {
      name: 'seenAt',
      title: t('field.seenAt'),
      quiet: true,
      cell: (row) => format.moment(row.seenAt),
    },
  ];
}

/** Source rows that could not become records, with the exact place and reason. */
export function QuarantinePage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
  const query = search as QueryOf<'listQuarantine'>;
  const rows = useServer('listQuarantine', { query }, { keep: true });
  return (
    <>
      <PageHead title={t('nav.quarantine')} about={t('quarantine.about')} />
      <ListView
        label={t('nav.quarantine')}
        searchLabel={t('quarantine.search')}
        of={loadable(rows)}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('quarantine.empty'), hint: t('quarantine.emptyHint') }}
      />
    </>
  );
}
