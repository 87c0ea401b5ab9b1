import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BodyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import { FileField } from '../file-field.tsx';
import type { BankAccount } from './bank-account.tsx';
import { CsvFields, mappingOf, useCsvFile } from './csv-fields.tsx';

type Format = 'camt.053' | 'csv';
type Upload = BodyOf<'importBankStatement'>;

/** Brings in what the bank told: a CAMT.053 file as it is, or a CSV file and what its columns say. */
export function UploadStatement({ of }: { readonly of: BankAccount }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [format, setFormat] = useState<Format>('camt.053');
  const [file, setFile] = useState<string>();
  const [made, setMade] = useState<number>();
  const csv = useCsvFile();
  const take = async (chosen: File | undefined): Promise<void> => {
    const text = await chosen?.text();
    setFile(text);
    setMade(undefined);
    if (text === undefined) return;
    const isXml = text.trimStart().startsWith('<');
    setFormat(isXml ? 'camt.053' : 'csv');
    if (!isXml) csv.look(text);
  };
  const upload = async (key: string): Promise<void> => {
    const body: Upload =
      format === 'camt.053'
        ? { format, file: file ?? '' }
        : {
            format,
            file: file ?? '',
            account: of.code,
            reference: csv.values.statement,
            opening: csv.values.opening,
            mapping: mappingOf(csv),
          };
    const { statements } = await callBooks('importBankStatement', {
      params: { entity: code },
      body,
      key,
    });
    setMade(statements.reduce((sum, { lines }) => sum + lines, 0));
  };
  return (
    <BookingForm
      main
      title={t('erp.act.uploadStatement')}
      about={t('erp.act.uploadStatementAbout')}
      act={upload}
    >
      <FileField
        label={t('erp.bank.file')}
        accept=".xml,.csv,.txt,text/xml,text/csv"
        onFile={(chosen) => void take(chosen)}
      />
      <ChoiceField
        label={t('erp.bank.format')}
        value={format}
        onValue={(value) => setFormat(value === 'csv' ? 'csv' : 'camt.053')}
        of={[
          { value: 'camt.053', label: 'CAMT.053 (XML)' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
      {format === 'csv' ? <CsvFields of={csv} currency={of.currency} /> : null}
      {made === undefined ? null : <p role="status">{t('erp.bank.uploaded', { count: made })}</p>}
    </BookingForm>
  );
}
