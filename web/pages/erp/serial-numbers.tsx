import type { ReactNode } from 'react';
import { Maybe } from '../../shared/figure.tsx';
import { BooksList } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useDocumentKind } from './document-flow.tsx';
import { DocumentLink, isShownKind, PartyLink, ToList } from './links.tsx';
import { useWarehouseName } from './names.ts';
import { useInStockChoice, useWarehouseChoice } from './stock-choices.ts';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listSerialNumbers'>;

const ownerOf = ({ owner }: Row): ReactNode => (
  <PartyLink id={owner === '' ? null : owner} side="suppliers" />
);

/** Each piece with a serial number: where it is, or with what it left. */
export function SerialNumbers(): ReactNode {
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  const kindOf = useDocumentKind();
  const documentOf = ({ lastMovement }: Row): ReactNode => {
    if (lastMovement === null) return <Maybe text={undefined} />;
    const { source, kind } = lastMovement;
    return isShownKind(source.kind) ? (
      <DocumentLink kind={source.kind} id={source.id} number={kindOf(source.kind)} />
    ) : (
      kit.t(`erp.movement.${kind}`)
    );
  };
  const movements = ({ item, serial }: Row): ReactNode => (
    <ToList list="stock-movements" by={{ item, serial }}>
      {kit.t('erp.movements')}
    </ToList>
  );
  return (
    <BooksList
      list="serial-numbers"
      route="listSerialNumbers"
      filters={['item', 'warehouse', 'inStock']}
      searchAs="search"
      searchLabel={kit.t('erp.searchSerial')}
      choices={[...useWarehouseChoice(), useInStockChoice()]}
      keyOf={({ id }) => id}
      sort="serial"
      sorts={{ 'erp.field.serial': 'serial' }}
      emptyHint={kit.t('erp.empty.serial-numbers')}
      columns={[
        kit.text<Row>('erp.field.serial', ({ serial }) => serial),
        kit.item<Row>(true),
        kit.standing<Row>(({ standing }) => standing),
        kit.text<Row>('erp.field.warehouse', ({ warehouse, location }) =>
          [houseOf(warehouse), location].filter((part) => part !== '').join(' · '),
        ),
        kit.text<Row>('erp.field.batch', ({ batch }) => batch),
        kit.own<Row>('erp.field.consignor', ownerOf),
        kit.day<Row>('erp.field.postedOn', ({ lastMovement }) => lastMovement?.postedOn),
        kit.own<Row>('erp.field.document', documentOf),
        kit.own<Row>('erp.field.more', movements),
      ]}
    />
  );
}
