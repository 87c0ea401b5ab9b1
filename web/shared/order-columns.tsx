import type { PurchaseOrderRow } from '#api-contract';
import type { Column } from './data-table.tsx';
import { Amount, Day } from './figure.tsx';
import { useFormat, useTranslation } from './i18n.ts';
import { RecordLink, RefLink } from './record-link.tsx';
import { StatusMark } from './status.tsx';

/** The columns of purchase orders wherever they are listed. */
export function useOrderColumns(): readonly Column<PurchaseOrderRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'number',
      title: t('field.order'),
      sort: 'number',
      cell: (row) => (
        <RecordLink kind="purchase-order" id={row.id}>
          {row.number}
        </RecordLink>
      ),
    },
    {
      name: 'supplier',
      title: t('field.supplier'),
      wide: true,
      cell: (row) => <RefLink kind="supplier" to={row.supplier} />,
    },
    {
      name: 'status',
      title: t('field.status'),
      sort: 'status',
      cell: (row) => <StatusMark status={row.status} />,
    },
    {
      name: 'issuedOn',
      title: t('field.issuedOn'),
      sort: 'issuedOn',
      cell: (row) => <Day of={row.issuedOn} />,
    },
    {
      name: 'shippedOn',
      title: t('field.shippedOn'),
      sort: 'shippedOn',
      cell: (row) => <Day of={row.shippedOn} />,
    },
    {
      name: 'lines',
      title: t('field.lines'),
      end: true,
      cell: (row) => format.count(row.lineCount),
    },
    {
      name: 'netAmount',
      title: t('field.netAmount'),
      sort: 'netAmount',
      end: true,
      cell: (row) => <Amount of={row.netAmount} />,
    },
  ];
}
