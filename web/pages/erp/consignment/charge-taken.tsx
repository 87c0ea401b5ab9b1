import { useState } from 'react';
import type { ReactNode } from 'react';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm, TakeBackForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { usualTax, useTradeCodes } from '../forms/trade-codes.ts';
import { TrackedBox } from '../forms/tracking.tsx';
import { chargedOf, netOf, quantityOf, sumOfNets } from './charged-line.ts';
import type { Taken, Typed } from './charged-line.ts';

const SHOWN_MOST = 200; // The oldest; the next ones follow when they are charged.
type TypedLines = Readonly<Record<string, Typed>>;

function useColumns(
  charged: readonly Taken[],
  typed: TypedLines,
  onTyped: (id: string, some: Typed) => void,
): readonly Column<Taken>[] {
  const kit = useColumnKit();
  const box = (of: Taken, name: keyof Typed, value: string): ReactNode => {
    const at = charged.indexOf(of);
    return (
      <TrackedBox
        label={kit.t(`erp.consignment.${name}Of`, { number: of.number })}
        value={value}
        onValue={(text) => onTyped(of.id, { [name]: text })}
        named={[`lines.${at}.${name}`, ...(name === 'net' ? [`lines.${at}`] : [])]}
      />
    );
  };
  return [
    { ...kit.text<Taken>('field.number', ({ number }) => number), name: 'number' },
    kit.day<Taken>('erp.field.takenOn', ({ takenOn }) => takenOn),
    kit.item<Taken>(true),
    kit.quantity<Taken>(
      'erp.field.open',
      ({ open }) => open,
      ({ unit }) => unit,
    ),
    kit.amount<Taken>('erp.field.agreedPrice', ({ unitCost }) => unitCost),
    kit.own<Taken>('erp.field.quantity', (of) =>
      box(of, 'quantity', typed[of.id]?.quantity ?? of.open),
    ),
    kit.own<Taken>('erp.field.net', (of) =>
      box(of, 'net', typed[of.id]?.net ?? netOf(of, typed[of.id])),
    ),
  ];
}

/** What of a supplier's is not charged yet, the oldest first, and what somebody types of it. */
function useTaken(supplier: string) {
  const { code: entity } = useEntity();
  const [typed, setTyped] = useState<TypedLines>({});
  const query = { supplier, open: 'true', sort: 'takenOn', limit: SHOWN_MOST } as const;
  const found = useBooks('listConsignmentWithdrawals', { params: { entity }, query });
  const all = found.data?.items ?? [];
  const charged = chargedOf(all, typed);
  const columns = useColumns(charged, typed, (id, some) =>
    setTyped((before) => ({ ...before, [id]: { ...before[id], ...some } })),
  );
  const lines = charged.map((one) => ({
    withdrawal: one.id,
    quantity: quantityOf(one, typed[one.id]),
    net: netOf(one, typed[one.id]),
  }));
  return {
    all,
    charged,
    columns,
    lines,
    net: sumOfNets(charged, typed),
    clear: () => setTyped({}),
  };
}

/** Takes what was charged in another way off the list. */
function Elsewhere({ of }: { readonly of: readonly Taken[] }): ReactNode {
  const { t } = useColumnKit();
  const { code: entity } = useEntity();
  return (
    <TakeBackForm
      title={t('erp.consignment.elsewhere')}
      about={t('erp.consignment.elsewhereAbout', { count: of.length })}
      act={async ({ key, ...body }) => {
        for (const { id } of of) {
          const params = { entity, id };
          await callBooks('chargeWithdrawalElsewhere', { params, body, key: `${key} ${id}` });
        }
      }}
    />
  );
}

/** A supplier's invoice for what was taken of his consignment: as it is printed, amounts with a point. */
export function ChargeTaken({ of: supplier }: { readonly of: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code: entity, currency } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [supplierNumber, setNumber] = useState('');
  const [chosenTax, setTax] = useState<string>();
  const issuedOn = day ?? today;
  const taxCodes = useTradeCodes(issuedOn).taxCodes('input');
  const taxCode = chosenTax ?? usualTax(taxCodes, { itemCode: undefined, isAtHome: true });
  const { all, charged, columns, net, ...taken } = useTaken(supplier);
  if (all.length === 0) return null;
  const lines = taken.lines.map((line) => ({ ...line, ...filled({ taxCode }) }));
  const body = { supplier, supplierNumber, issuedOn, postedOn: today, currency, lines };
  const title = t('erp.consignment.charge');
  const act = async (key: string): Promise<void> => {
    await callBooks('postSupplierInvoice', { params: { entity }, body, key });
    taken.clear();
    setNumber('');
  };
  return (
    <section className="rialto-card erp-new" aria-label={title}>
      <BookingForm title={title} about={t('erp.consignment.chargeAbout')} main act={act}>
        <div className="erp-form-grid">
          <Field
            label={t('erp.field.supplierNumber')}
            value={supplierNumber}
            onValue={setNumber}
            maxLength={100}
            named="supplierNumber"
          />
          <DayField
            label={t('field.issuedOn')}
            value={issuedOn}
            onValue={setDay}
            named={['issuedOn', 'postedOn']}
          />
          <ChoiceField
            label={t('erp.field.taxCode')}
            value={taxCode}
            onValue={setTax}
            of={taxCodes}
            none={t('erp.form.noTax')}
          />
        </div>
        <DataTable label={title} rows={all} keyOf={({ id }) => id} columns={columns} />
        {net === undefined ? null : (
          <p className="rialto-dim">
            {t('erp.consignment.comesTo', { net: `${format.amount(net, currency)} ${currency}` })}
          </p>
        )}
      </BookingForm>
      <Elsewhere of={charged} />
    </section>
  );
}
