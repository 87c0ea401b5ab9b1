import type { ReactNode } from 'react';
import type { QuarantineItem, QueryOf } from '#api-contract';
import { EXPORT_PATHS } from '../api/addresses.ts';
import { useServer } from '../api/ask-server.ts';
import { addressOf } from '../api/client.ts';
import { loadable } from '../shared/async.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { ExportLink, ListView } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { isRecordKind, RECORD_KINDS } from '../shared/record-kind.ts';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';

function useColumns(): readonly Column<QuarantineItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'reason',
      title: t('field.reason'),
      sort: 'reason',
      wide: true,
      cell: (row) => row.reason,
    },
    {
      name: 'record',
      title: t('field.record'),
      cell: ({ kind, key }) => {
        const what = isRecordKind(kind) ? t(`recordKind.${kind}`) : kind;
        return key === undefined ? what : `${what} ${key}`;
      },
    },
    {
      name: 'file',
      title: t('field.file'),
      sort: 'file',
      cell: ({ file, line }) =>
        line === undefined ? file : t('quarantine.place', { file, line: format.count(line) }),
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
      sort: 'seenAt',
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
      <PageHead title={t('nav.quarantine')} about={t('quarantine.about')}>
        <ExportLink href={addressOf(EXPORT_PATHS.exportQuarantine, search)} />
      </PageHead>
      <ListView
        label={t('nav.quarantine')}
        searchLabel={t('quarantine.search')}
        choices={[
          {
            name: 'kind',
            label: t('field.record'),
            values: RECORD_KINDS.map((value) => ({ value, label: t(`recordKind.${value}`) })),
          },
          ...useIntegrationChoice(),
        ]}
        of={loadable(rows)}
        columns={useColumns()}
        keyOf={(row) => row.id}
        sort="-seenAt"
        empty={{ title: t('quarantine.empty'), hint: t('quarantine.emptyHint') }}
      />
    </>
  );
}
