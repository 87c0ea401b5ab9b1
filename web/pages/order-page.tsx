import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PurchaseOrderDetail } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { Async, loadable } from '../shared/async.tsx';
import { DataTable, Nothing } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { differenceOf, sumOf } from '../shared/exact.ts';
import { Extensions } from '../shared/extensions.tsx';
import { Card, Facts, Tiles } from '../shared/facts.tsx';
import { Amount, Day, Price } from '../shared/figure.tsx';
import { History, SourceText } from '../shared/history.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';
import { RefLink } from '../shared/record-link.tsx';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';

type Line = PurchaseOrderDetail['lines'][number];

function ItemCell({ line }: { readonly line: Line }): ReactNode {
  const { t } = useTranslation();
  const name = line.item === undefined ? line.text : <RefLink kind="item" to={line.item} />;
  return (
    <>
      {name ?? <Nothing />}
      {line.cancelled === true ? (
        <Text component="span" size="xs" c="dimmed">
          {' '}
          ({t('order.cancelledLine')})
        </Text>
      ) : null}
    </>
  );
}

function useLineColumns(): readonly Column<Line>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: 'number', title: t('field.line'), cell: (row) => row.number },
    {
      name: 'item',
      title: t('field.item'),
      wide: true,
      lead: true,
      cell: (row) => <ItemCell line={row} />,
    },
    {
      name: 'promisedOn',
      title: t('field.promisedOn'),
      cell: (row) => <Day of={row.promisedOn} />,
    },
    {
      name: 'ordered',
      title: t('field.ordered'),
      end: true,
      cell: (row) => `${format.decimal(row.ordered.value)} ${row.ordered.unit}`,
    },
    {
      name: 'received',
      title: t('field.received'),
      end: true,
      cell: (row) => format.decimal(row.received),
    },
    {
      name: 'rejected',
      title: t('field.rejected'),
      end: true,
      cell: (row) => format.decimal(row.rejected),
    },
    {
      name: 'unitPrice',
      title: t('field.unitPrice'),
      end: true,
      cell: (row) => (
        <>
          <Price of={row.unitPrice} />
          {differenceOf(row.priceBase, '1') === undefined
            ? null
            : ` ${t('order.perBase', { base: format.decimal(row.priceBase) })}`}
        </>
      ),
    },
    {
      name: 'netAmount',
      title: t('field.netAmount'),
      end: true,
      cell: (row) => <Price of={row.netAmount} />,
    },
  ];
}

/** Whether header and lines say the same, to the last digit. */
function Reconciliation({ of }: { readonly of: PurchaseOrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = sumOf(of.lines.map((line) => line.netAmount.amount));
  const by = differenceOf(of.netAmount.amount, sum);
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('order.sum'), <Price key="sum" of={{ amount: sum, currency: of.currency }} />],
    [t('field.netAmount'), <Price key="net" of={of.netAmount} />],
    [t('field.taxAmount'), <Price key="tax" of={of.taxAmount} />],
    [t('field.freightAmount'), <Price key="freight" of={of.freightAmount} />],
    [t('field.grossAmount'), <Price key="gross" of={of.grossAmount} />],
  ];
  return (
    <div className="rialto-totals">
      <p className={by === undefined ? 'rialto-good' : 'rialto-bad'} role="status">
        {by === undefined
          ? `✓ ${t('order.agrees')}`
          : `✗ ${t('order.differs', { by: format.price(by, of.currency) })}`}
      </p>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Lines({ of }: { readonly of: PurchaseOrderDetail }): ReactNode {
  const { t } = useTranslation();
  const columns = useLineColumns();
  return (
    <Card title={t('order.lines')}>
      <DataTable
        label={t('order.lines')}
        columns={columns}
        rows={of.lines}
        keyOf={(row) => row.number}
      />
      <Reconciliation of={of} />
    </Card>
  );
}

function Header({ of }: { readonly of: PurchaseOrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('order.facts')}>
      <Facts
        of={[
          [t('field.kind'), t(`orderKind.${of.kind}`)],
          [t('field.sourceStatus'), of.sourceStatus],
          [t('field.requester'), of.requester],
          [t('field.shipMethod'), of.shipMethod],
          [t('field.source'), <SourceText key="source" of={of.source} />],
          [t('field.seenAt'), format.moment(of.seenAt)],
        ]}
      />
    </Card>
  );
}

/** One purchase order: header, lines, totals that must agree, and its history. */
export function OrderPage(): ReactNode {
  const { id } = useParams({ from: '/purchase-orders/$id' });
  const { t } = useTranslation();
  const order = useServer('getPurchaseOrder', { params: { id } });
  return (
    <>
      <PageHead
        title={`${t('field.order')} ${order.data?.number ?? ''}`.trim()}
        above={
          <TextLink to="/purchase-orders" className="rialto-crumb">
            {t('nav.orders')}
          </TextLink>
        }
      />
      <Async of={loadable(order)}>
        {(of) => (
          <div className="rialto-stack">
            <Tiles
              of={[
                [t('field.netAmount'), <Amount key="net" of={of.netAmount} />],
                [t('field.status'), <StatusMark key="status" status={of.status} />],
                [t('field.supplier'), <RefLink key="supplier" kind="supplier" to={of.supplier} />],
                [t('field.issuedOn'), <Day key="issued" of={of.issuedOn} />],
                [t('field.shippedOn'), <Day key="shipped" of={of.shippedOn} />],
              ]}
            />
            <Lines of={of} />
            <Header of={of} />
            <Extensions of={of.extensions} />
            <History id={of.id} />
          </div>
        )}
      </Async>
    </>
  );
}
