import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { callBooks, useBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity, useToday } from './entity.ts';
import { AmountField, ChoiceField, DayField, Field } from './fields.tsx';
import { filled } from './forms/filled.ts';
import { ItemBox } from './forms/item-box.tsx';
import type { Item } from './forms/item-box.tsx';
import { PartyBox } from './forms/party-box.tsx';
import type { Party } from './forms/party-box.tsx';
import { ToList } from './links.tsx';

/** What is asked for of goods that are a supplier's. */
function useGoods() {
  const { code } = useEntity();
  const today = useToday();
  const houses = useBooks('listWarehouses', { params: { entity: code } }).data?.items ?? [];
  const [item, setItem] = useState<Item>();
  const [supplier, setSupplier] = useState<Party>();
  const [house, setHouse] = useState<string>();
  const [quantity, setQuantity] = useState('');
  const [batch, setBatch] = useState('');
  const [day, setDay] = useState<string>();
  const warehouse = house ?? houses[0]?.id ?? '';
  const postedOn = day ?? today;
  return {
    houses,
    item,
    setItem,
    supplier,
    setSupplier,
    warehouse,
    setHouse,
    quantity,
    setQuantity,
    batch,
    setBatch,
    postedOn,
    setDay,
    line: {
      item: item?.id ?? '',
      warehouse,
      owner: supplier?.id ?? '',
      quantity: quantity.trim(),
      ...filled({ batch }),
    },
  };
}

function GoodsFields({ of }: { readonly of: ReturnType<typeof useGoods> }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PartyBox
        role="supplier"
        value={of.supplier}
        onValue={of.setSupplier}
        named="lines.0.owner"
      />
      <ItemBox value={of.item} onValue={of.setItem} named="lines.0.item" />
      <ChoiceField
        label={t('erp.field.warehouse')}
        value={of.warehouse}
        onValue={of.setHouse}
        of={of.houses.map(({ id, code, name }) => ({ value: id, label: `${code} · ${name}` }))}
        named="lines.0.warehouse"
      />
      <AmountField
        label={t('erp.field.quantity')}
        value={of.quantity}
        onValue={of.setQuantity}
        named="lines.0.quantity"
      />
      <Field
        label={t('erp.field.batch')}
        value={of.batch}
        onValue={of.setBatch}
        maxLength={40}
        named="lines.0.batch"
        optional
      />
      <DayField
        label={t('erp.field.postedOn')}
        value={of.postedOn}
        onValue={of.setDay}
        named="postedOn"
      />
    </>
  );
}

/** A supplier leaves goods here: they are his, and worth nothing in our books. */
function TakeIn(): ReactNode {
  const { t } = useTranslation();
  const { code: entity } = useEntity();
  const of = useGoods();
  const text = t('erp.consignment.takenIn');
  return (
    <BookingForm
      title={t('erp.act.takeInConsignment')}
      about={t('erp.act.takeInConsignmentAbout')}
      act={async (key) => {
        await callBooks('adjustStock', {
          params: { entity },
          body: { postedOn: of.postedOn, text, lines: [{ ...of.line, status: 'consignment' }] },
          key,
        });
        of.setQuantity('');
      }}
    >
      <GoodsFields of={of} />
    </BookingForm>
  );
}

/** What is taken of a supplier's goods becomes ours, at the price agreed with him. */
function Withdraw(): ReactNode {
  const { t } = useTranslation();
  const { code: entity, currency } = useEntity();
  const of = useGoods();
  const [unitCost, setUnitCost] = useState('');
  const text = t('erp.consignment.withdrawn');
  return (
    <BookingForm
      title={t('erp.act.withdrawConsignment')}
      about={t('erp.act.withdrawConsignmentAbout')}
      act={async (key) => {
        await callBooks('withdrawConsignment', {
          params: { entity },
          body: { postedOn: of.postedOn, text, lines: [{ ...of.line, unitCost: unitCost.trim() }] },
          key,
        });
        of.setQuantity('');
      }}
    >
      <GoodsFields of={of} />
      <AmountField
        label={t('erp.consignment.unitCost', { currency })}
        value={unitCost}
        onValue={setUnitCost}
        named="lines.0.unitCost"
      />
    </BookingForm>
  );
}

type Balance = ReplyOf<'listStockBalances'>['items'][number];

const SHOWN_MOST = 200;

/** What lies in a warehouse and is a supplier's; nothing where there is nothing. */
function LeftHere({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const kit = useColumnKit();
  const { code: entity } = useEntity();
  const query = { status: 'consignment', limit: SHOWN_MOST } as const;
  const found = useBooks('listStockBalances', { params: { entity, id }, query }).data?.items ?? [];
  if (found.length === 0) return null;
  const label = kit.t('erp.consignment.leftIn', { warehouse: name });
  return (
    <div className="erp-above">
      <Card title={label}>
        <DataTable
          label={label}
          rows={found}
          keyOf={({ item, location, batch, owner }) => [item, location, batch, owner].join(' ')}
          columns={[
            kit.item<Balance>(),
            kit.party<Balance>('suppliers', ({ owner }) => owner),
            kit.text<Balance>('erp.field.batch', ({ batch }) => batch),
            kit.quantity<Balance>(
              'erp.field.quantity',
              ({ quantity }) => quantity,
              ({ unit }) => unit,
            ),
          ]}
        />
      </Card>
    </div>
  );
}

/** Goods that are a supplier's until they are taken: what comes, what is taken, what lies here. */
export function Consignment(): ReactNode {
  const { t } = useTranslation();
  const { code: entity } = useEntity();
  const mayPost = useMay('stock:post');
  const houses = useBooks('listWarehouses', { params: { entity } }).data?.items ?? [];
  return (
    <>
      {mayPost ? (
        <section className="rialto-card erp-new" aria-label={t('erp.consignment.title')}>
          <TakeIn />
          <Withdraw />
        </section>
      ) : null}
      <p className="erp-note">
        <ToList list="consignment-withdrawals">{t('erp.consignment.notCharged')}</ToList>
      </p>
      {houses.map(({ id, name }) => (
        <LeftHere key={id} id={id} name={name} />
      ))}
    </>
  );
}
