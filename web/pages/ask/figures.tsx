import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { AnswerChart } from '../../shared/answer/answer-chart.tsx';
import { answerCsv } from '../../shared/answer/answer-csv.ts';
import { AnswerNumbers } from '../../shared/answer/answer-numbers.tsx';
import { AnswerTable } from '../../shared/answer/answer-table.tsx';
import { chartColumns } from '../../shared/answer/chart-columns.ts';
import type { Origin } from '../../shared/answer/narrative.ts';
import { saveCsv } from '../../shared/csv.ts';
import { useTranslation } from '../../shared/i18n.ts';

const VIEWS = ['both', 'chart', 'table'] as const;
type View = (typeof VIEWS)[number];

function ViewChoice(props: { readonly view: View; readonly onView: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="rialto-views">
      <legend className="rialto-hidden">{t('ask.view')}</legend>
      {VIEWS.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="view"
            checked={one === props.view}
            onChange={() => props.onView(one)}
          />
          <span>{t(`ask.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Hands the answer's rows over as a file. */
function CsvButton({ answer }: { readonly answer: Answer }): ReactNode {
  const { t, language } = useTranslation();
  const save = (): void => {
    saveCsv(
      answer.reading.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80),
      answerCsv(answer, language),
    );
  };
  return (
    <button type="button" className="rialto-text-button" onClick={save}>
      {t('list.export')}
    </button>
  );
}

/** Whether a table fits beside its chart. */
const isSmall = ({ columns, rows }: Answer): boolean => columns.length <= 3 && rows.length <= 12;

/** The chart of an answer, its rows, and the rows as a file. */
export function Figures(props: {
  readonly answer: Answer;
  readonly marked: Origin | undefined;
}): ReactNode {
  const { answer, marked } = props;
  const { t } = useTranslation();
  const [view, setView] = useState<View>('both');
  const drawn = chartColumns(answer) !== undefined;
  if (answer.chart?.kind === 'number' && answer.rows.length === 1) {
    return <AnswerNumbers answer={answer} marked={marked} />;
  }
  const shown = drawn ? view : 'table';
  return (
    <>
      <div className="rialto-section rialto-view">
        <span className="rialto-dim">{t('ask.rows', { count: answer.rows.length })}</span>
        <span className="rialto-tools">
          <CsvButton answer={answer} />
          {drawn ? <ViewChoice view={view} onView={setView} /> : null}
        </span>
      </div>
      <div className={shown === 'both' && isSmall(answer) ? 'rialto-beside' : undefined}>
        {shown === 'table' ? null : <AnswerChart answer={answer} />}
        {shown === 'chart' ? null : (
          <div>
            <AnswerTable answer={answer} label={t('ask.table')} marked={marked} />
          </div>
        )}
      </div>
    </>
  );
}
