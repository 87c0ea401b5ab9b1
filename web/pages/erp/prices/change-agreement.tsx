import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { AmountField, DayField } from '../fields.tsx';
import { orNull } from '../forms/filled.ts';
import { agreedBodyOf, AgreedFields } from './agreed-fields.tsx';
import type { AgreedDraft } from './agreed-fields.tsx';
import { AgreedSubject } from './agreed-subject.tsx';

type Of = ReplyOf<'getAgreement'>;
type Line = Of['lines'][number];
const ADDED = { named: 'added', least: 0 } as const;
const TERMS = ['price', 'quantityLimit', 'valueLimit'] as const;
type Typed = { readonly [Name in (typeof TERMS)[number]]?: string } & { readonly drop?: boolean };

/** What of a line is different; undefined: nothing. */
function changeOf(line: Line, typed: Typed) {
  const change: { -readonly [Name in (typeof TERMS)[number]]?: string | null } = {};
  for (const name of TERMS) {
    const text = typed[name];
    if (text !== undefined && text.trim() !== (line[name] ?? '')) change[name] = orNull(text);
  }
  return Object.keys(change).length === 0 ? undefined : { line: line.line, ...change };
}

function LineTerms(props: {
  readonly of: Line;
  readonly at: number; // Where it is sent.
  readonly typed: Typed;
  readonly currency: string;
  readonly onTyped: (some: Typed) => void;
}): ReactNode {
  const { of, at, typed, currency, onTyped } = props;
  const { t } = useTranslation();
  const labels = {
    price: t('erp.field.price'),
    quantityLimit: t('erp.form.quantityLimit'),
    valueLimit: t('erp.form.valueLimit'),
  };
  return (
    <fieldset className="erp-form-line" disabled={typed.drop === true}>
      <legend>
        {of.line} · <AgreedSubject of={of} />
      </legend>
      <div className="erp-form-grid">
        {TERMS.map((name) => (
          <AmountField
            key={name}
            label={labels[name]}
            description={name === 'quantityLimit' ? '' : currency}
            value={typed[name] ?? of[name] ?? ''}
            onValue={(text) => onTyped({ [name]: text })}
            named={[`lines.${at}.${name}`, ...(name === 'quantityLimit' ? [`lines.${at}`] : [])]}
            optional
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Changes an agreement: until when it holds, prices and limits, lines that go and lines that come. */
export function ChangeAgreement({ of }: { readonly of: Of }): ReactNode {
  const { id, version, currency } = of;
  const { t } = useTranslation();
  const { code } = useEntity();
  const [validTo, setValidTo] = useState(of.validTo ?? '');
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({});
  const [added, setAdded] = useState<readonly AgreedDraft[]>([]);
  const last = Math.max(0, ...of.lines.map(({ line }) => Number.parseInt(line, 10) || 0));
  const dropped = of.lines.flatMap(({ line }) => (typed[line]?.drop === true ? [line] : []));
  const lines = of.lines.flatMap((line) =>
    dropped.includes(line.line) ? [] : (changeOf(line, typed[line.line] ?? {}) ?? []),
  );
  const act = (key: string) =>
    callBooks('changeAgreement', {
      params: { entity: code, id },
      body: {
        version,
        ...(validTo === (of.validTo ?? '') ? {} : { set: { validTo: orNull(validTo) } }),
        ...(lines.length === 0 ? {} : { lines }),
        ...(dropped.length === 0 ? {} : { dropped }),
        ...(added.length === 0
          ? {}
          : { added: added.map((line, at) => agreedBodyOf(last + at + 1, line)) }),
      },
      key,
    });
  const put = (line: string, some: Typed): void =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...some } }));
  return (
    <BookingForm
      title={t('erp.act.changeAgreement')}
      about={t('erp.act.changeAgreementAbout')}
      act={act}
    >
      <DayField
        label={t('erp.field.validTo')}
        value={validTo}
        onValue={setValidTo}
        named="validTo"
        optional
      />
      {of.lines.map((line) => (
        <div key={line.line} className="erp-form-lines">
          <LineTerms
            of={line}
            at={lines.findIndex((one) => one.line === line.line)}
            typed={typed[line.line] ?? {}}
            currency={currency}
            onTyped={(some) => put(line.line, some)}
          />
          {/[1-9]/.test(line.releasedQuantity + line.releasedValue) ? null : (
            <label className="rialto-dim">
              <input
                type="checkbox"
                checked={typed[line.line]?.drop ?? false}
                onChange={({ currentTarget: { checked } }) => put(line.line, { drop: checked })}
              />{' '}
              {t('erp.form.dropAgreed', { line: line.line })}
            </label>
          )}
        </div>
      ))}
      <AgreedFields {...ADDED} side={of.side} of={added} onLines={setAdded} currency={currency} />
    </BookingForm>
  );
}
