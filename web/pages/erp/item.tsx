import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts, Tiles } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { ItemLink, ToList } from './links.tsx';
import { ChangeItem } from './masters/change-item.tsx';
import { MasterHistory } from './master-history.tsx';
import { useWarehouseName } from './names.ts';
import { ObjectHead } from './object-page.tsx';
import { useUnitWords } from './unit-words.ts';

type Reply = ReplyOf<'getErpItem'>;
type Position = ReplyOf<'listStock'>['items'][number];
type Offer = Reply['supplierItems'][number];
type Component = Reply['boms'][number]['lines'][number];

/** Where the item lies, and how much of it can be promised. */
function StockOf(props: { readonly id: string; readonly hasSerials: boolean }): ReactNode {
  const { id, hasSerials } = props;
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  const { code } = useEntity();
  const found = useBooks('listStock', { params: { entity: code }, query: { item: id } });
  const columns: readonly Column<Position>[] = [
    kit.text<Position>('erp.field.warehouse', ({ warehouse }) => houseOf(warehouse)),
    kit.quantity<Position>(
      'erp.field.owned',
      ({ owned }) => owned,
      ({ unit }) => unit,
    ),
    kit.quantity<Position>(
      'erp.field.reserved',
      ({ reserved }) => reserved,
      ({ unit }) => unit,
    ),
    kit.quantity<Position>(
      'erp.field.available',
      ({ available }) => available,
      ({ unit }) => unit,
    ),
    kit.amount<Position>('erp.field.value', ({ value }) => value),
  ];
  if ((found.data?.items.length ?? 0) === 0) return null;
  return (
    <Card
      title={kit.t('erp.list.stock')}
      aside={
        <>
          {hasSerials ? (
            <>
              <ToList list="serial-numbers" by={{ item: id }}>
                {kit.t('erp.list.serial-numbers')}
              </ToList>{' '}
            </>
          ) : null}
          <ToList list="stock-movements" by={{ item: id }}>
            {kit.t('erp.movements')}
          </ToList>
        </>
      }
    >
      <DataTable
        label={kit.t('erp.list.stock')}
        columns={columns}
        rows={found.data?.items ?? []}
        keyOf={({ warehouse }) => warehouse}
      />
    </Card>
  );
}

function Offers({ of }: { readonly of: readonly Offer[] }): ReactNode {
  const kit = useColumnKit();
  if (of.length === 0) return null;
  return (
    <Card title={kit.t('erp.offers')}>
      <DataTable
        label={kit.t('erp.offers')}
        rows={of}
        keyOf={({ id }) => id}
        columns={[
          kit.party<Offer>('suppliers', ({ supplier }) => supplier),
          kit.text<Offer>('erp.field.theirNumber', ({ theirNumber }) => theirNumber),
          kit.day<Offer>('erp.field.validFrom', ({ validFrom }) => validFrom),
          kit.day<Offer>('erp.field.validTo', ({ validTo }) => validTo),
          kit.price<Offer>(
            'field.unitPrice',
            ({ price }) => price,
            ({ currency }) => currency,
          ),
        ]}
      />
    </Card>
  );
}

const componentOf = ({ component }: Component): ReactNode => <ItemLink id={component} />;

function Boms(props: { readonly of: Reply['boms']; readonly unit: string }): ReactNode {
  const { of, unit } = props;
  const kit = useColumnKit();
  const inWords = useUnitWords();
  const titleOf = ({ version, baseQuantity }: Reply['boms'][number]): string =>
    kit.t('erp.bom', {
      version,
      quantity: `${kit.format.decimal(baseQuantity)} ${inWords(unit)}`,
    });
  return of.map((bom) => (
    <Card key={bom.id} title={titleOf(bom)}>
      <DataTable
        label={titleOf(bom)}
        rows={bom.lines}
        keyOf={({ line }) => line}
        columns={[
          kit.text<Component>('field.line', ({ line }) => line),
          { ...kit.own<Component>('field.item', componentOf), wide: true, lead: true },
          kit.quantity<Component>(
            'erp.field.quantity',
            ({ quantity }) => quantity,
            (line) => line.unit,
          ),
        ]}
      />
    </Card>
  ));
}

/** When the item is ordered again, and what else is said of it. */
function Said({ of }: { readonly of: Reply['item'] }): ReactNode {
  const { t, format } = useColumnKit();
  const inWords = useUnitWords();
  const counted = (quantity: string | undefined): string | undefined =>
    quantity === undefined ? undefined : `${format.decimal(quantity)} ${inWords(of.baseUnit)}`;
  return (
    <Card title={t('order.facts')}>
      <Facts
        of={[
          [t('erp.field.costing'), t(`erp.costing.${of.costing}`)],
          [t('erp.field.itemGroup'), of.itemGroup],
          [t('erp.field.taxCode'), of.taxCode],
          [t('erp.field.gtin'), of.gtin],
          [t('erp.field.reorderPoint'), counted(of.reorderPoint)],
          [t('erp.field.safetyStock'), counted(of.safetyStock)],
        ]}
      />
    </Card>
  );
}

/** One item: what it is, where it lies, who offers it, and what it is made of. */
export function Item({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const inWords = useUnitWords();
  const { code } = useEntity();
  const found = useBooks('getErpItem', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {({ item: of, supplierItems, boms, history }) => (
        <>
          <ObjectHead list="items" title={of.name} standing={of.status} />
          <div className="rialto-stack">
            <Tiles
              of={[
                [t('field.number'), of.number],
                [t('field.kind'), t(`erp.itemKind.${of.kind}`)],
                [t('erp.field.baseUnit'), inWords(of.baseUnit)],
                [
                  t('erp.field.listPrice'),
                  <Maybe
                    key="price"
                    text={
                      of.listPrice === undefined
                        ? undefined
                        : `${format.decimal(of.listPrice)} ${of.listCurrency ?? ''}`
                    }
                  />,
                ],
              ]}
            />
            <ChangeItem of={of} />
            <StockOf id={id} hasSerials={of.serialManaged} />
            <Offers of={supplierItems} />
            <Boms of={boms} unit={of.baseUnit} />
            <Said of={of} />
            <MasterHistory of={history} createdBy={of.createdBy} createdAt={of.createdAt} />
          </div>
        </>
      )}
    </Async>
  );
}
