import { useState } from 'react';
import type { ReactNode } from 'react';
import { Async, loadable } from '../../../shared/async.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { DayField, Field } from '../fields.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { filled } from '../forms/filled.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { balanceOf, emptyEntryLine, entryLineBodyOf } from './entry-line.ts';
import type { EntryLine } from './entry-line.ts';
import { EntryLines } from './entry-lines.tsx';

const BLANK = { postedOn: '', documentOn: '', reverseOn: '', text: '', currency: '' };

type Head = typeof BLANK;

function EntryHead(props: {
  readonly of: Head;
  readonly set: (some: Partial<Head>) => void;
  readonly canReverse: boolean; // An accrual: what takes it back is posted with it.
}): ReactNode {
  const { of, set, canReverse } = props;
  const { t } = useTranslation();
  return (
    <div className="erp-form-grid">
      <DayField
        label={t('erp.field.postedOn')}
        value={of.postedOn}
        onValue={(postedOn) => set({ postedOn })}
        named="postedOn"
      />
      <DayField
        label={t('erp.field.documentOn')}
        value={of.documentOn}
        onValue={(documentOn) => set({ documentOn })}
        named="documentOn"
        optional
      />
      <CurrencyField value={of.currency} onValue={(currency) => set({ currency })} />
      {canReverse ? (
        <DayField
          label={t('erp.form.reverseOn')}
          value={of.reverseOn}
          onValue={(reverseOn) => set({ reverseOn })}
          named="reverseOn"
          optional
        />
      ) : null}
      <div className="is-wide">
        <Field
          label={t('erp.field.text')}
          value={of.text}
          onValue={(text) => set({ text })}
          maxLength={500}
          named="text"
        />
      </div>
    </div>
  );
}

function Form({ fourEyes }: { readonly fourEyes: boolean }): ReactNode {
  const { t } = useTranslation();
  const entity = useEntity();
  const today = useToday();
  const [head, setHead] = useState(BLANK);
  const [lines, setLines] = useState<readonly EntryLine[]>(() => [
    emptyEntryLine(1),
    emptyEntryLine(2),
  ]);
  const set = (some: Partial<Head>): void => setHead({ ...head, ...some });
  const postedOn = head.postedOn === '' ? today : head.postedOn;
  const currency = head.currency === '' ? entity.currency : head.currency;
  const { debit, missing } = balanceOf(lines);
  const body = {
    postedOn,
    ...filled({ documentOn: head.documentOn }),
    currency,
    text: head.text,
    adjustment: false,
    lines: lines.map(entryLineBodyOf),
  };
  const params = { entity: entity.code };
  const post = (key: string) =>
    callBooks('postJournalEntry', {
      params,
      body: { ...body, ...filled({ reverseOn: head.reverseOn }) },
      key,
    });
  const park = async (key: string) => {
    await callBooks('parkJournalEntry', { params, body, key });
    return {}; // It has no number yet: it stands above the list until somebody posts it.
  };
  const parking = { text: t('erp.form.park'), make: park };
  return (
    <NewDocument
      list="journal-entries"
      title={t('erp.new.journal-entries')}
      about={t(fourEyes ? 'erp.form.fourEyesAbout' : 'erp.form.entryAbout')}
      disabled={missing !== undefined || !/[1-9]/.test(debit)}
      main={fourEyes ? parking : { text: t('erp.form.post'), make: post }}
      {...(fourEyes ? {} : { other: parking })}
    >
      <EntryHead of={{ ...head, postedOn, currency }} set={set} canReverse={!fourEyes} />
      <EntryLines lines={lines} onLines={setLines} currency={currency} />
    </NewDocument>
  );
}

/** A journal entry by hand; where the ledger asks for four eyes, it is parked for somebody else. */
export function NewJournalEntry(): ReactNode {
  const { code } = useEntity();
  const settings = useBooks('getLedgerSettings', { params: { entity: code } });
  return <Async of={loadable(settings)}>{({ fourEyes }) => <Form fourEyes={fourEyes} />}</Async>;
}
