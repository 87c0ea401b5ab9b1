import type { ReactNode } from 'react';
import type { QuarantineItem } from '#api-contract';
import type { Column } from '../shared/data-table.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { ListView } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { RECORD_KINDS, useKindName } from '../shared/record-kind.ts';
import { useSaid } from '../shared/said.ts';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';

function useColumns(): readonly Column<QuarantineItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useKindName();
  const sayIt = useSaid();
  return [
    {
      name: 'reason',
      title: t('field.reason'),
      sort: 'reason',
      wide: true,
      cell: ({ reason, said }) => sayIt({ text: reason, ...said }),
    },
    {
      name: 'record',
      title: t('field.record'),
      sort: 'kind',
      cell: ({ kind, key }) => {
        const what = nameOf(kind);
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
      sort: 'integration',
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
  return (
    <>
      <PageHead title={t('nav.quarantine')} about={t('quarantine.about')} />
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
        list={useList('listQuarantine')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('quarantine.empty'), hint: t('quarantine.emptyHint') }}
      />
    </>
  );
}
