import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BodyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { AmountField, ChoiceField, Field } from '../fields.tsx';
import { csvHeadOf, guessColumns } from './csv-head.ts';
import type { CsvColumn, CsvHead } from './csv-head.ts';

type Mapping = Extract<BodyOf<'importBankStatement'>, { format: 'csv' }>['mapping'];

const NO_HEAD: CsvHead = { delimiter: ';', columns: [] };
const NOTHING_YET = {
  statement: '',
  opening: '',
  decimalPoint: ',',
  days: 'DD.MM.YYYY',
  isNewestFirst: false,
  ...guessColumns([]),
};
const DAYS = ['DD.MM.YYYY', 'YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;
const COLUMNS: readonly (readonly [CsvColumn, boolean])[] = [
  ['bookedOn', true],
  ['amount', true],
  ['counterparty', false],
  ['counterpartyIban', false],
  ['remittance', false],
  ['reference', false],
];

/** A CSV file of a bank: what its first line says, and what was said of it. */
type CsvFile = {
  readonly head: CsvHead;
  readonly values: typeof NOTHING_YET;
  readonly set: (some: Partial<typeof NOTHING_YET>) => void;
  readonly look: (text: string) => void;
};

/** Looks at a file for its columns, and keeps what somebody says of them. */
export function useCsvFile(): CsvFile {
  const [head, setHead] = useState(NO_HEAD);
  const [values, setValues] = useState(NOTHING_YET);
  return {
    head,
    values,
    set: (some) => setValues({ ...values, ...some }),
    look: (text) => {
      const found = csvHeadOf(text);
      const isIso = /\b\d{4}-\d{2}-\d{2}\b/.test(text);
      setHead(found);
      setValues({
        ...values,
        ...guessColumns(found.columns),
        days: isIso ? 'YYYY-MM-DD' : values.days,
        decimalPoint: isIso && found.delimiter === ',' ? '.' : values.decimalPoint,
      });
    },
  };
}

/** What was said of a file, as the server wants it. */
export function mappingOf({ head, values }: Pick<CsvFile, 'head' | 'values'>): Mapping {
  const { bookedOn, amount, reference, counterparty, counterpartyIban, remittance } = values;
  return {
    delimiter: head.delimiter,
    decimalPoint: values.decimalPoint === '.' ? '.' : ',',
    days: DAYS.find((days) => days === values.days) ?? 'DD.MM.YYYY',
    isNewestFirst: values.isNewestFirst,
    columns: {
      bookedOn,
      amount,
      ...(reference === '' ? {} : { reference }),
      ...(counterparty === '' ? {} : { counterparty }),
      ...(counterpartyIban === '' ? {} : { counterpartyIban }),
      ...(remittance === '' ? {} : { remittance: [remittance] }),
    },
  };
}

/** What is asked of a CSV file: which statement it is, and what stands in which column. */
export function CsvFields(props: { readonly of: CsvFile; readonly currency: string }): ReactNode {
  const { of, currency } = props;
  const { head, values, set } = of;
  const { t } = useTranslation();
  const columns = head.columns.map((value) => ({ value, label: value }));
  return (
    <>
      <Field
        label={t('erp.bank.reference')}
        description={t('erp.bank.referenceHint')}
        value={values.statement}
        onValue={(statement) => set({ statement })}
        maxLength={100}
        named="reference"
      />
      <AmountField
        label={t('erp.bank.openingOf', { currency })}
        value={values.opening}
        onValue={(opening) => set({ opening })}
        named="opening"
      />
      <fieldset className="erp-choices">
        <legend>{t('erp.bank.columns')}</legend>
        {COLUMNS.map(([name, isNeeded]) => (
          <ChoiceField
            key={name}
            label={t(`erp.bank.column.${name}`)}
            value={values[name]}
            onValue={(value) => set({ [name]: value })}
            {...(isNeeded ? {} : { none: t('erp.bank.noColumn') })}
            of={columns}
          />
        ))}
        <ChoiceField
          label={t('erp.bank.days')}
          value={values.days}
          onValue={(days) => set({ days })}
          of={DAYS.map((value) => ({ value, label: value }))}
        />
        <ChoiceField
          label={t('erp.bank.decimalPoint')}
          value={values.decimalPoint}
          onValue={(decimalPoint) => set({ decimalPoint })}
          of={[
            { value: ',', label: '1234,56' },
            { value: '.', label: '1234.56' },
          ]}
        />
        <Checkbox
          label={t('erp.bank.newestFirst')}
          checked={values.isNewestFirst}
          onChange={({ currentTarget: { checked } }) => set({ isNewestFirst: checked })}
        />
      </fieldset>
    </>
  );
}
