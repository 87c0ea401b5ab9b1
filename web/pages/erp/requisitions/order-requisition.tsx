import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { differenceOf } from '../../../shared/exact.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { useRefusal } from '../../../shared/refusals.tsx';
import { isAbove } from '../left.ts';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { useUnitWords } from '../unit-words.ts';

type Requisition = ReplyOf<'getRequisition'>;
type Wish = Requisition['lines'][number] & { readonly left: string };

/** What was typed for a line: what is not typed stays as it is asked for. */
type Typed = {
  readonly quantity?: string;
  readonly price?: string;
  readonly supplier?: Party | undefined;
};
type TypedLines = Readonly<Record<number, Typed>>;

const AMOUNT = '[0-9]{1,15}(\\.[0-9]{1,6})?';

/** Lines of a requisition that are not all ordered yet, and how much is left of each. */
export const wishesOf = ({ lines }: Requisition): readonly Wish[] =>
  lines.flatMap((line) => {
    const left = differenceOf(line.quantity, line.ordered);
    return left === undefined || !isAbove(left) ? [] : [{ ...line, left }];
  });

const quantityOf = ({ number, left }: Wish, typed: TypedLines): string =>
  (typed[number]?.quantity ?? left).trim();

/** A figure of a line; what the server refuses of it stands below. */
function FigureBox(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly unit: string;
  readonly unitWidth?: number; // Pixels.
  readonly named: readonly string[];
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { label, value, placeholder, unit, unitWidth, named, onValue } = props;
  return (
    <TextInput
      size="xs"
      aria-label={label}
      pattern={AMOUNT}
      value={value}
      placeholder={placeholder}
      error={useRefusal(named)}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
      rightSection={<span className="rialto-dim">{unit}</span>}
      rightSectionWidth={unitWidth}
      autoComplete="off"
    />
  );
}

function useColumns(
  typed: TypedLines,
  placeOf: (line: number) => number,
  onTyped: (line: number, some: Typed) => void,
): readonly Column<Wish>[] {
  const kit = useColumnKit();
  const { currency } = useEntity();
  const inWords = useUnitWords();
  return [
    kit.own<Wish>('field.line', ({ number }) => number),
    kit.item<Wish>(true),
    kit.own<Wish>('erp.field.quantity', ({ number, left, unit }) => (
      <FigureBox
        label={kit.t('erp.quantityOfLine', { line: number })}
        value={typed[number]?.quantity ?? left}
        unit={inWords(unit)}
        named={[`lines.${placeOf(number)}.quantity`, `lines.${placeOf(number)}`]}
        onValue={(quantity) => onTyped(number, { quantity })}
      />
    )),
    kit.own<Wish>('field.unitPrice', ({ number, estimatedPrice }) => (
      <FigureBox
        label={kit.t('erp.priceOfLine', { line: number })}
        placeholder={estimatedPrice ?? kit.t('erp.asAgreed')}
        value={typed[number]?.price ?? ''}
        unit={currency}
        unitWidth={44}
        named={[`lines.${placeOf(number)}.unitPrice`]}
        onValue={(price) => onTyped(number, { price })}
      />
    )),
    kit.party<Wish>('suppliers', ({ supplier }) => supplier),
  ];
}

/** Orders what is left of an approved requisition: a draft for each supplier. */
export function OrderRequisition({ of }: { readonly of: Requisition }): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [typed, setTyped] = useState<TypedLines>({});
  const onTyped = (line: number, some: Typed): void =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...some } }));
  const wishes = wishesOf(of);
  const sent = wishes.filter((wish) => isAbove(quantityOf(wish, typed)));
  const placeOf = (line: number): number => sent.findIndex(({ number }) => number === line);
  const columns = useColumns(typed, placeOf, onTyped);
  const order = (key: string): Promise<unknown> => {
    const lines = sent.map((wish) => {
      const { price = '', supplier } = typed[wish.number] ?? {};
      return {
        requisition: of.id,
        line: wish.number,
        quantity: quantityOf(wish, typed),
        issuedOn: day ?? today,
        ...(price.trim() === '' ? {} : { unitPrice: price.trim() }),
        ...(supplier === undefined ? {} : { supplier: supplier.id }),
      };
    });
    return callBooks('orderRequisitions', { params: { entity: code }, body: { lines }, key });
  };
  return (
    <BookingForm
      title={kit.t('erp.act.orderWanted')}
      about={kit.t('erp.act.orderWantedAbout')}
      main
      act={order}
    >
      <DayField
        label={kit.t('field.issuedOn')}
        value={day ?? today}
        onValue={setDay}
        named="lines.0.issuedOn"
      />
      <DataTable
        label={kit.t('erp.act.orderWanted')}
        rows={wishes}
        keyOf={({ number }) => String(number)}
        columns={columns}
      />
      {wishes
        .filter(({ supplier }) => supplier === null)
        .map(({ number }) => (
          <PartyBox
            key={number}
            role="supplier"
            label={kit.t('erp.supplierOfLine', { line: number })}
            named={`lines.${placeOf(number)}.supplier`}
            value={typed[number]?.supplier}
            onValue={(supplier) => onTyped(number, { supplier })}
          />
        ))}
    </BookingForm>
  );
}
