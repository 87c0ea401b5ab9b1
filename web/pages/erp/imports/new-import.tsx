import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { BodyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { ActForm } from '../../../shared/act-form.tsx';
import { Card } from '../../../shared/facts.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { WorkFailure, WorkProgress } from '../../../shared/work.tsx';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField } from '../fields.tsx';
import { FileField } from '../file-field.tsx';
import { IMPORT_KINDS, OPENING_KINDS } from './import-kinds.ts';
import type { ImportKind } from './import-kinds.ts';
import { ImportReport } from './import-report.tsx';
import { readBase64 } from './read-base64.ts';
import { Template } from './template.tsx';
import { useImportWork } from './use-import-work.ts';
import type { ImportWork } from './use-import-work.ts';

type Wish = BodyOf<'startImport'>;

/** How a file writes numbers and days; '' leaves it to the file. */
type Written = { readonly point: string; readonly days: string };

const GUESSED: Written = { point: '', days: '' };
const DAYS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;
const POINTS = [',', '.'] as const;

/** How numbers and days are written, for a file that does not tell. */
function HowWritten(props: {
  readonly of: Written;
  readonly onWritten: (written: Written) => void;
}): ReactNode {
  const { of, onWritten } = props;
  const { point, days } = of;
  const { t } = useTranslation();
  return (
    <details className="rialto-unfolds">
      <summary>{t('erp.imports.written')}</summary>
      <div className="rialto-form">
        <ChoiceField
          label={t('erp.bank.decimalPoint')}
          value={point}
          onValue={(value) => onWritten({ ...of, point: value })}
          none={t('erp.imports.asFileTells')}
          of={[
            { value: ',', label: '1.234,56' },
            { value: '.', label: '1,234.56' },
          ]}
        />
        <ChoiceField
          label={t('erp.bank.days')}
          value={days}
          onValue={(value) => onWritten({ ...of, days: value })}
          none={t('erp.imports.asFileTells')}
          of={DAYS.map((value) => ({ value, label: value }))}
        />
      </div>
    </details>
  );
}

/** What the last import came to; a dry run that went well can be booked from here. */
function Outcome(props: {
  readonly work: ImportWork;
  readonly onBook: ((mode: 'all-or-nothing' | 'good-lines') => Promise<unknown>) | undefined;
}): ReactNode {
  const { work, onBook } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const { result } = work;
  const isTried = result?.status === 'tried' && onBook !== undefined;
  return (
    <Card title={t('erp.imports.last')}>
      <div className="erp-report">
        <WorkProgress of={work} />
        {work.status === 'running' ? (
          <ActButton
            text={t('erp.imports.stop')}
            act={() => callBooks('cancelImport', { params: { entity: code } })}
          />
        ) : null}
        <WorkFailure of={work} />
        {work.status === 'cancelled' ? <p>{t('erp.imports.cancelled')}</p> : null}
        {result === undefined ? null : <ImportReport of={result} />}
        {isTried && result.refused === 0 && result.problems.length === 0 ? (
          <ActButton main text={t('erp.imports.book')} act={() => onBook('all-or-nothing')} />
        ) : null}
        {isTried && result.refused > 0 && result.created + result.changed > 0 ? (
          <div className="rialto-tools">
            <ActButton text={t('erp.imports.bookGood')} act={() => onBook('good-lines')} />
            <span className="rialto-dim">{t('erp.imports.bookGoodAbout')}</span>
          </div>
        ) : null}
      </div>
    </Card>
  );
}

/** Asks anew for everything when an import that was seen running is over. */
function useFreshWhenOver(work: ImportWork | null | undefined): void {
  const client = useQueryClient();
  const was = useRef(work?.status);
  useEffect(() => {
    const before = was.current;
    was.current = work?.status;
    if (before === 'running' && work?.status !== 'running') void client.invalidateQueries();
  }, [client, work?.status]);
}

/** A dry run of a file, with what was said of it. */
async function wishOf(
  file: File,
  said: { readonly kind: ImportKind; readonly day: string } & Written,
): Promise<Wish> {
  const decimalPoint = POINTS.find((one) => one === said.point);
  const days = DAYS.find((one) => one === said.days);
  return {
    kind: said.kind,
    mode: 'dry-run',
    fileName: file.name,
    content: await readBase64(file),
    ...(OPENING_KINDS.has(said.kind) ? { openingOn: said.day } : {}),
    ...(decimalPoint === undefined ? {} : { decimalPoint }),
    ...(days === undefined ? {} : { days }),
  };
}

/** Brings in a file: tried first, then booked; both go on in the background. */
export function NewImport(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const work = useImportWork();
  const [kind, setKind] = useState<ImportKind>('customers');
  const [file, setFile] = useState<File>();
  const [day, setDay] = useState(`${today.slice(0, 4)}-01-01`);
  const [written, setWritten] = useState(GUESSED);
  const [tried, setTried] = useState<Wish>(); // What was tried is what is booked.
  useFreshWhenOver(work);
  const begin = (wish: Wish): Promise<unknown> =>
    callBooks('startImport', { params: { entity: code }, body: wish });
  const tryIt = async (): Promise<void> => {
    if (file === undefined) return;
    const wish = await wishOf(file, { kind, day, ...written });
    await begin(wish);
    setTried(wish);
  };
  const isOfThis = tried !== undefined && work?.result?.file.name === tried.fileName;
  return (
    <div className="rialto-stack erp-begin">
      <Card title={t('erp.imports.bring')}>
        <div className="erp-report">
          <ActForm
            main
            label={t('erp.imports.bring')}
            submit={t('erp.imports.try')}
            done={t('erp.imports.begun')}
            disabled={work?.status === 'running'}
            act={tryIt}
          >
            <p className="rialto-dim">{t('erp.imports.about')}</p>
            <ChoiceField
              label={t('erp.imports.kind')}
              description={t(`erp.imports.aboutOf.${kind}`)}
              value={kind}
              onValue={(value) => setKind(IMPORT_KINDS.find((one) => one === value) ?? kind)}
              of={IMPORT_KINDS.map((value) => ({ value, label: t(`erp.imports.of.${value}`) }))}
            />
            <Template kind={kind} />
            <FileField
              label={t('erp.imports.file')}
              description={t('erp.imports.fileHint')}
              accept=".csv,.txt,.xlsx"
              onFile={setFile}
            />
            {OPENING_KINDS.has(kind) ? (
              <DayField
                label={t('erp.imports.openingOn')}
                value={day}
                onValue={setDay}
                named="openingOn"
              />
            ) : null}
            <HowWritten of={written} onWritten={setWritten} />
          </ActForm>
        </div>
      </Card>
      {work === null || work === undefined ? null : (
        <Outcome work={work} onBook={isOfThis ? (mode) => begin({ ...tried, mode }) : undefined} />
      )}
    </div>
  );
}
