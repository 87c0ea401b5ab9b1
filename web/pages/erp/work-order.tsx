import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { ItemLink } from './links.tsx';
import { useWarehouseName } from './names.ts';
import { ObjectPage } from './object-page.tsx';
import { useUnitWords } from './unit-words.ts';
import { Postings } from './production/postings.tsx';
import { WorkOrderActs } from './production/work-order-acts.tsx';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];
type Component = Order['components'][number];

function Operations(props: {
  readonly of: readonly Operation[];
  readonly unit: string;
}): ReactNode {
  const { of, unit } = props;
  const kit = useColumnKit();
  const unitOf = (): string => unit; // Of what is made.
  if (of.length === 0) return null;
  return (
    <Card title={kit.t('erp.operations')}>
      <DataTable
        label={kit.t('erp.operations')}
        rows={of}
        keyOf={({ number }) => String(number)}
        columns={[
          kit.own<Operation>('field.line', ({ number }) => number),
          { ...kit.text<Operation>('erp.field.name', ({ name }) => name), wide: true, lead: true },
          kit.text<Operation>('field.kind', ({ kind }) => kit.t(`erp.operationKind.${kind}`)),
          kit.quantity<Operation>('erp.field.good', ({ good }) => good, unitOf),
          kit.quantity<Operation>('erp.field.scrap', ({ scrap }) => scrap, unitOf),
          kit.quantity<Operation>('erp.field.rework', ({ rework }) => rework, unitOf),
          kit.amount<Operation>('erp.field.cost', ({ cost }) => cost),
        ]}
      />
    </Card>
  );
}

function Components({ of }: { readonly of: readonly Component[] }): ReactNode {
  const kit = useColumnKit();
  if (of.length === 0) return null;
  return (
    <Card title={kit.t('erp.components')}>
      <DataTable
        label={kit.t('erp.components')}
        rows={of}
        keyOf={({ number }) => String(number)}
        columns={[
          kit.own<Component>('field.line', ({ number }) => number),
          kit.item<Component>(true),
          kit.quantity<Component>(
            'erp.field.required',
            ({ required }) => required,
            ({ unit }) => unit,
          ),
          kit.quantity<Component>(
            'erp.field.issued',
            ({ issued }) => issued,
            ({ unit }) => unit,
          ),
          kit.amount<Component>('erp.field.value', ({ issuedValue }) => issuedValue),
        ]}
      />
    </Card>
  );
}

/** One work order: what is made, its operations and materials, and what it has cost. */
export function WorkOrder({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code, currency } = useEntity();
  const houseOf = useWarehouseName();
  const inWords = useUnitWords();
  const order = useBooks('getWorkOrder', { params: { entity: code, id } });
  return (
    <Async of={loadable(order)}>
      {(of) => (
        <ObjectPage
          list="work-orders"
          kind="work-order"
          title={t('erp.kind.work-order')}
          standing={of.status}
          of={of}
          tiles={[
            [t('field.item'), <ItemLink key="item" id={of.item} />],
            [
              t('erp.field.received'),
              `${format.decimal(of.received)} / ${format.decimal(of.quantity)} ${inWords(of.unit)}`,
            ],
            [t('erp.field.endsOn'), <Day key="end" of={of.plannedEndOn} />],
            [t('erp.field.wip'), <Amount key="wip" of={{ amount: of.wip, currency }} />],
          ]}
          acts={<WorkOrderActs of={of} />}
        >
          <Operations of={of.operations} unit={of.unit} />
          <Components of={of.components} />
          <Postings order={of.id} unit={of.unit} />
          <Card title={t('order.facts')}>
            <Facts
              of={[
                [t('erp.field.startsOn'), <Day key="start" of={of.plannedStartOn} />],
                [t('erp.field.warehouse'), houseOf(of.warehouse)],
                [t('erp.field.batch'), of.batch ?? ''],
                [t('erp.field.text'), of.text],
              ]}
            />
          </Card>
        </ObjectPage>
      )}
    </Async>
  );
}
