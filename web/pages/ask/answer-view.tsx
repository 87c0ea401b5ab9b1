import { Alert, SegmentedControl, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#api-contract';
import { AnswerChart } from '../../shared/answer/answer-chart.tsx';
import { AnswerTable } from '../../shared/answer/answer-table.tsx';
import { cellWithUnit } from '../../shared/answer/cell.ts';
import { chartColumns } from '../../shared/answer/chart-option.ts';
import type { CellPlace } from '../../shared/answer/narrative.ts';
import { Empty } from '../../shared/async.tsx';
import { useFormat } from '../../shared/i18n.ts';
import { Background } from './background.tsx';
import { Narrative } from './narrative.tsx';

type Ask = (question: string) => void;

function Chips(props: {
  readonly label: string;
  readonly of: readonly { readonly label: string; readonly question: string }[];
  readonly onAsk: Ask;
}): ReactNode {
  if (props.of.length === 0) return null;
  return (
    <div className="rialto-chips" role="group" aria-label={props.label}>
      {props.of.map(({ label, question }) => (
        <button
          key={`${label} ${question}`}
          type="button"
          className="rialto-chip"
          onClick={() => props.onAsk(question)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

const asChips = (questions: readonly string[]) =>
  questions.map((question) => ({ label: question, question }));

function NotAnswered({ answer, onAsk }: { readonly answer: Answer; readonly onAsk: Ask }) {
  const { t } = useTranslation();
  const title = answer.status === 'clarify' ? t('ask.clarify') : t('ask.unsupported');
  const shown = answer.status === 'forbidden' ? t('ask.forbidden') : title;
  const close = [...answer.options, ...asChips(answer.followUps)];
  return (
    <div className="rialto-card rialto-notice" data-status={answer.status}>
      <Title order={2}>{shown}</Title>
      <Text mt={6}>{answer.narrative === '' ? answer.reading : answer.narrative}</Text>
      {answer.status === 'unsupported' && close.length > 0 ? (
        <Text mt="md" mb={8} size="sm" c="dimmed">
          {t('ask.unsupportedHint')}
        </Text>
      ) : (
        <div className="rialto-gap" />
      )}
      <Chips label={shown} of={close} onAsk={onAsk} />
    </div>
  );
}

function BigNumber({ answer }: { readonly answer: Answer }): ReactNode {
  const format = useFormat();
  const name = answer.chart?.y[0];
  const at = answer.columns.findIndex((column) => column.name === name);
  const column = answer.columns[at];
  if (answer.chart?.kind !== 'number' || column === undefined) return null;
  return <p className="rialto-big">{cellWithUnit(column, answer.rows[0]?.[at] ?? null, format)}</p>;
}

function Figures({ answer, marked }: { answer: Answer; marked: CellPlace | undefined }) {
  const { t } = useTranslation();
  const drawn = chartColumns(answer) !== undefined;
  const [view, setView] = useState<string>('both');
  return (
    <>
      {drawn ? (
        <div className="rialto-section rialto-view">
          <Text size="sm" c="dimmed">
            {t('ask.rows', { count: answer.rows.length })}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('ask.view')}
            value={view}
            onChange={setView}
            data={[
              { value: 'both', label: `${t('ask.chart')} + ${t('ask.table')}` },
              { value: 'table', label: t('ask.table') },
            ]}
          />
        </div>
      ) : null}
      {drawn && view === 'both' ? <AnswerChart answer={answer} /> : null}
      <AnswerTable answer={answer} label={t('ask.table')} marked={marked} />
    </>
  );
}

function Found({ answer, onAsk }: { readonly answer: Answer; readonly onAsk: Ask }): ReactNode {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<CellPlace>();
  return (
    <div className="rialto-stack">
      <article className="rialto-card" aria-label={answer.reading}>
        <Text size="sm" c="dimmed" className="rialto-reading">
          {t('ask.reading')}: <b>{answer.reading}</b>
        </Text>
        <BigNumber answer={answer} />
        <Narrative answer={answer} marked={marked} onMark={setMarked} />
        {answer.rows.length === 0 ? (
          <Empty title={t('ask.noRows')} hint={t('ask.noRowsHint')} />
        ) : (
          <Figures answer={answer} marked={marked} />
        )}
      </article>
      {answer.assumptions.length === 0 ? null : (
        <Alert
          variant="default"
          title={t('ask.assumptions')}
          className="rialto-assumptions"
          role="note"
        >
          <ul className="rialto-plain">
            {answer.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </Alert>
      )}
      {answer.followUps.length === 0 ? null : (
        <section>
          <Text size="sm" fw={600} mb={8} component="h2">
            {t('ask.followUps')}
          </Text>
          <Chips label={t('ask.followUps')} of={asChips(answer.followUps)} onAsk={onAsk} />
        </section>
      )}
      <Background answer={answer} />
    </div>
  );
}

/** What a question came back as, in each of its four outcomes. */
export function AnswerView(props: { readonly answer: Answer; readonly onAsk: Ask }): ReactNode {
  return props.answer.status === 'answered' ? <Found {...props} /> : <NotAnswered {...props} />;
}
