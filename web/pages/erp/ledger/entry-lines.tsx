import type { ReactNode } from 'react';
import { useFormat, useLanguage, useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { AmountField, ChoiceField, Field } from '../fields.tsx';
import { FormLines } from '../forms/form-lines.tsx';
import { AccountBox } from './account-box.tsx';
import { balanceOf, emptyEntryLine } from './entry-line.ts';
import type { EntryLine } from './entry-line.ts';

const LEAST = 2;

function Line(props: {
  readonly at: number;
  readonly line: EntryLine;
  readonly onLine: (line: EntryLine) => void;
}): ReactNode {
  const { at, line, onLine } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const params = { entity: useEntity().code };
  const accounts = useBooks('listAccounts', { params }).data?.items ?? [];
  const centres = useBooks('listCostCentres', { params }).data?.items ?? [];
  return (
    <>
      <div className="is-wide">
        <AccountBox
          accounts={accounts.filter(
            ({ blocked, controlOf }) => !blocked && controlOf === undefined,
          )}
          value={line.account}
          onValue={(account) => onLine({ ...line, account })}
          named={`lines.${at}.account`}
        />
      </div>
      <AmountField
        label={t('erp.field.debit')}
        value={line.debit}
        onValue={(debit) => onLine({ ...line, debit, credit: debit === '' ? line.credit : '' })}
        named={line.credit === '' ? `lines.${at}.amount` : undefined}
        optional
      />
      <AmountField
        label={t('erp.field.credit')}
        value={line.credit}
        onValue={(credit) => onLine({ ...line, credit, debit: credit === '' ? line.debit : '' })}
        named={line.credit === '' ? undefined : `lines.${at}.amount`}
        optional
      />
      <ChoiceField
        label={t('erp.field.costCentre')}
        value={line.costCentre}
        onValue={(costCentre) => onLine({ ...line, costCentre })}
        of={centres.map(({ code, name }) => ({
          value: code,
          label: `${code} · ${name[language]}`,
        }))}
        none={t('erp.form.none')}
        named={`lines.${at}.costCentre`}
      />
      <Field
        label={t('erp.field.text')}
        value={line.text}
        onValue={(text) => onLine({ ...line, text })}
        maxLength={500}
        optional
        named={`lines.${at}.text`}
      />
    </>
  );
}

/** The lines of a journal entry that is being written, and whether they balance. */
export function EntryLines(props: {
  readonly lines: readonly EntryLine[];
  readonly onLines: (lines: readonly EntryLine[]) => void;
  readonly currency: string;
}): ReactNode {
  const { lines, onLines, currency } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { debit, credit, missing } = balanceOf(lines);
  const amount = (text: string): string => `${format.amount(text, currency)} ${currency}`;
  return (
    <FormLines
      of={lines}
      onLines={onLines}
      empty={emptyEntryLine}
      least={LEAST}
      foot={
        <p className="erp-form-total">
          {t('erp.field.debit')} {amount(debit)} · {t('erp.field.credit')} {amount(credit)} ·{' '}
          <output
            aria-label={t('erp.form.balance')}
            className={missing === undefined ? 'rialto-good' : 'rialto-bad'}
          >
            {missing === undefined
              ? t('erp.balanced')
              : t(`erp.form.missing.${missing.side}`, { amount: amount(missing.amount) })}
          </output>
        </p>
      }
    >
      {(line, at, onLine) => <Line at={at} line={line} onLine={onLine} />}
    </FormLines>
  );
}
