import { NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { useWarehouseName } from '../names.ts';
import { useWarehouseChoice } from '../stock-choices.ts';
import type { RowOf } from '../use-cursor-list.tsx';

type Row = RowOf<'listStockCounts'>;

/** Opens a count of a whole warehouse: nothing moves there until it is posted or given up. */
function Open(): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const navigate = useNavigate();
  const houses = useBooks('listWarehouses', { params: { entity: code } }).data?.items ?? [];
  const [chosen, setChosen] = useState<string>();
  const warehouse = chosen ?? houses[0]?.id ?? '';
  const open = async (key: string): Promise<void> => {
    const { id } = await callBooks('openStockCount', {
      params: { entity: code },
      body: { warehouse },
      key,
    });
    await navigate({
      to: '/erp/$list/$id',
      params: { list: 'stock-counts', id },
      search: { entity: code },
    });
  };
  return (
    <section className="rialto-card erp-new" aria-label={t('erp.act.openCount')}>
      <BookingForm title={t('erp.act.openCount')} about={t('erp.act.openCountAbout')} act={open}>
        <NativeSelect
          label={t('erp.field.warehouse')}
          value={warehouse}
          required
          data={houses.map(({ id, code: short, name }) => ({
            value: id,
            label: `${short} · ${name}`,
          }))}
          onChange={({ currentTarget: { value } }) => setChosen(value)}
        />
      </BookingForm>
    </section>
  );
}

/** What was counted, where it differed, and what is being counted now. */
export function StockCounts(): ReactNode {
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  const mayPost = useMay('stock:post');
  const countedOf = ({ lines }: Row): string =>
    `${lines.filter(({ counted }) => counted !== null).length} / ${lines.length}`;
  return (
    <BooksList
      list="stock-counts"
      route="listStockCounts"
      filters={['status', 'warehouse']}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      choices={[
        useStandingChoice('status', ['open', 'counted', 'posted', 'cancelled']),
        ...useWarehouseChoice(),
      ]}
      keyOf={({ id }) => id}
      sort="-number"
      sorts={{ number: 'number', 'erp.field.warehouse': 'warehouse', status: 'status' }}
      emptyHint={kit.t('erp.empty.stock-counts')}
      above={mayPost ? <Open /> : null}
      columns={[
        kit.number<Row>('stock-count'),
        kit.text<Row>('erp.field.warehouse', ({ warehouse }) => houseOf(warehouse)),
        kit.standing<Row>(({ status }) => status),
        kit.day<Row>('erp.field.countedOn', ({ countedOn }) => countedOn),
        kit.day<Row>('erp.field.postedOn', ({ postedOn }) => postedOn),
        { ...kit.text<Row>('erp.field.countedLines', countedOf), end: true },
      ]}
    />
  );
}
