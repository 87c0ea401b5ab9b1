import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../shared/exact.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { callBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { useEntity, useToday } from './entity.ts';
import { AmountField, DayField, Field } from './fields.tsx';
import { isAbove } from './left.ts';

type Order = ReplyOf<'getErpPurchaseOrder'>;
type Chargeable = { readonly line: number; readonly quantity: string; readonly net: string };

/** What came and was not charged yet; the net stands there where all of the line was ordered so. */
export const chargeableLines = ({ lines }: Order): readonly Chargeable[] =>
  lines
    .filter(({ isCancelled }) => !isCancelled)
    .flatMap(({ number, isReceivedAgainst, ordered, received, invoiced, net }) => {
      const came = isReceivedAgainst ? received : ordered;
      const quantity = differenceOf(came, invoiced) ?? '0';
      if (!isAbove(quantity)) return [];
      const isWhole = differenceOf(quantity, ordered) === undefined;
      return [{ line: number, quantity, net: isWhole ? net : '' }];
    });

/** A supplier's invoice for what came of an order: as it is printed, amounts with a point. */
export function SupplierInvoiceForm({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [supplierNumber, setNumber] = useState('');
  const [nets, setNets] = useState<Readonly<Record<number, string>>>({});
  const open = chargeableLines(of);
  const issuedOn = day ?? today;
  const lineOf = ({ line, quantity, net }: Chargeable) => {
    const taxCode = of.lines.find(({ number }) => number === line)?.taxCode;
    return {
      order: { id: of.id, line },
      quantity,
      net: nets[line] ?? net,
      ...(taxCode === null || taxCode === undefined ? {} : { taxCode }),
    };
  };
  const send = (key: string): Promise<unknown> =>
    callBooks('postSupplierInvoice', {
      params: { entity: code },
      body: {
        supplier: of.supplier,
        supplierNumber,
        issuedOn,
        postedOn: today,
        currency: of.currency,
        lines: open.map(lineOf),
      },
      key,
    });
  return (
    <BookingForm
      title={t('erp.act.enterInvoice')}
      about={t('erp.act.enterInvoiceAbout')}
      main
      act={send}
    >
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
      {open.map(({ line, net }, at) => (
        <AmountField
          key={line}
          label={t('erp.netOfLine', { line })}
          value={nets[line] ?? net}
          onValue={(value) => setNets({ ...nets, [line]: value })}
          named={[`lines.${at}.net`, `lines.${at}`]}
        />
      ))}
    </BookingForm>
  );
}
