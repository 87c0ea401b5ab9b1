import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { AmountField, ChoiceField, ReasonField } from '../fields.tsx';
import { FormLines } from '../forms/form-lines.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';
import { isAbove } from '../left.ts';
import { useNamed } from '../names.ts';
import { useUnitWords } from '../unit-words.ts';

type Order = ReplyOf<'getWorkOrder'>;
type Component = Order['components'][number];
type Added = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly required: string;
  readonly operation: string;
};

/** As one writes it: '30.000000' is '30'. */
const plain = (quantity: string): string =>
  quantity.includes('.') ? quantity.replace(/\.?0+$/, '') : quantity;

/** How much of a component is needed in all. */
function Required(props: {
  readonly of: Component;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { of, value, onValue } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useUnitWords();
  const named = useNamed('item', of.item);
  return (
    <AmountField
      label={`${of.number} · ${named?.name ?? of.item}`}
      description={t('erp.form.issuedSoFar', {
        issued: `${format.decimal(of.issued)} ${inWords(of.unit)}`.trim(),
      })}
      value={value}
      onValue={onValue}
    />
  );
}

/** What is needed besides, and at which of the operations that are not done. */
function AddComponents(props: {
  readonly of: Order['operations'];
  readonly added: readonly Added[];
  readonly onAdded: (added: readonly Added[]) => void;
}): ReactNode {
  const { of: open, added, onAdded } = props;
  const { t } = useTranslation();
  const first = open[0];
  if (first === undefined) return null;
  return (
    <FormLines
      of={added}
      onLines={onAdded}
      empty={(key) => ({ key, item: undefined, required: '', operation: String(first.number) })}
      least={0}
      named="added"
      add={t('erp.form.addComponent')}
    >
      {(line, at, onLine) => (
        <>
          <ItemBox
            value={line.item}
            onValue={(item) => onLine({ ...line, item })}
            named={`added.${at}.item`}
          />
          <AmountField
            label={t('erp.field.required')}
            value={line.required}
            onValue={(required) => onLine({ ...line, required })}
            named={`added.${at}.required`}
          />
          <ChoiceField
            label={t('erp.form.operation')}
            value={line.operation}
            onValue={(operation) => onLine({ ...line, operation })}
            of={open.map(({ number, name }) => ({
              value: String(number),
              label: `${number} · ${name}`,
            }))}
            named={`added.${at}.operation`}
          />
        </>
      )}
    </FormLines>
  );
}

/** Changes what a released order needs: more, less, nothing any more, or something else besides. */
export function ChangeComponents({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [added, setAdded] = useState<readonly Added[]>([]);
  const [reason, setReason] = useState('');
  const open = of.operations.filter(({ isFinal }) => !isFinal);
  const valueOf = ({ number, required }: Component): string =>
    (typed[number] ?? plain(required)).trim();
  const act = (key: string): Promise<unknown> => {
    const changed = of.components.filter((one) => valueOf(one) !== plain(one.required));
    const removed = changed.filter((one) => !isAbove(valueOf(one)));
    return callBooks('changeWorkOrderComponents', {
      params: { entity: code, id: of.id },
      body: {
        version: of.version,
        reason: reason.trim(),
        changed: changed
          .filter((one) => !removed.includes(one))
          .map((one) => ({ component: one.number, required: valueOf(one) })),
        removed: removed.map(({ number }) => number),
        added: added.map(({ item, required, operation }) => ({
          item: item?.id ?? '',
          required: required.trim(),
          operation: Number(operation),
        })),
      },
      key,
    });
  };
  return (
    <BookingForm
      title={t('erp.act.changeComponents')}
      about={t('erp.act.changeComponentsAbout')}
      act={act}
    >
      <div className="erp-form-grid">
        {of.components.map((one) => (
          <Required
            key={one.number}
            of={one}
            value={valueOf(one)}
            onValue={(value) => setTyped((before) => ({ ...before, [one.number]: value }))}
          />
        ))}
      </div>
      <AddComponents of={open} added={added} onAdded={setAdded} />
      <ReasonField value={reason} onValue={setReason} />
    </BookingForm>
  );
}
