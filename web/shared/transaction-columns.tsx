import type { ReplyOf } from '#api-contract';
import type { Column } from './data-table.tsx';
import { Maybe } from './figure.tsx';
import { useFormat, useTranslation } from './i18n.ts';
import { refusalOf, useSaid } from './said.ts';
import { StatusMark } from './status.tsx';
import { TextLink } from './text-link.tsx';
import { useOperationName } from './operation-name.ts';

type Transaction = ReplyOf<'listTransactions'>['items'][number];

/** The columns of a list of transactions. */
export function useTransactionColumns(): readonly Column<Transaction>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useOperationName();
  const told = useSaid();
  return [
    {
      name: 'operation',
      title: t('transaction.operation'),
      sort: 'operation',
      cell: (row) => (
        <TextLink to="/transactions/$id" params={{ id: row.id }} className="rialto-link">
          {nameOf(row.operation)}
        </TextLink>
      ),
    },
    {
      name: 'businessKey',
      title: t('transaction.businessKey'),
      sort: 'businessKey',
      cell: (row) => row.businessKey,
    },
    {
      name: 'state',
      title: t('field.status'),
      sort: 'state',
      cell: (row) => <StatusMark status={row.state} />,
    },
    {
      name: 'refusal',
      title: t('field.reason'),
      wide: true,
      cell: ({ refusal }) => (
        <Maybe text={refusal === undefined ? undefined : told(refusalOf(refusal))} />
      ),
    },
    {
      name: 'resultKey',
      title: t('transaction.resultKey'),
      cell: (row) => <Maybe text={row.resultKey} />,
    },
    {
      name: 'attempts',
      title: t('transaction.attempts'),
      sort: 'attempts',
      end: true,
      cell: (row) => format.count(row.attempts),
    },
    {
      name: 'integration',
      title: t('field.integration'),
      sort: 'integration',
      quiet: true,
      cell: (row) => row.integration,
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
