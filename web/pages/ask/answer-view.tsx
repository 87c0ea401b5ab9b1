import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import type { Origin } from '../../shared/answer/narrative.ts';
import { Empty } from '../../shared/async.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { Background } from './background.tsx';
import { Figures } from './figures.tsx';
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

type Shown = { readonly answer: Answer; readonly onAsk: Ask; readonly onChoose: Ask };

function NotAnswered({ answer, onAsk, onChoose }: Shown): ReactNode {
  const { t } = useTranslation();
  const title = answer.status === 'clarify' ? t('ask.clarify') : t('ask.unsupported');
  const shown = answer.status === 'forbidden' ? t('ask.forbidden') : title;
  const known = new Set(answer.options.map(({ question }) => question));
  const further = asChips(answer.followUps).filter(({ question }) => !known.has(question));
  const close = [...answer.options, ...further];
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
      <Chips label={shown} of={answer.options} onAsk={onChoose} />
      <Chips label={t('ask.followUps')} of={further} onAsk={onAsk} />
    </div>
  );
}

function Found({ answer, onAsk }: { readonly answer: Answer; readonly onAsk: Ask }): ReactNode {
  const { t } = useTranslation();
  const [marked, setMarked] = useState<Origin>();
  const isOneRow = answer.chart?.kind === 'number' && answer.rows.length === 1;
  return (
    <div className="rialto-stack">
      <article className="rialto-card" aria-label={answer.reading}>
        <Text size="sm" c="dimmed" className="rialto-reading">
          {t('ask.reading')}: <b>{answer.reading}</b>
        </Text>
        {isOneRow ? <Figures answer={answer} marked={marked} /> : null}
        <Narrative answer={answer} marked={marked} onMark={setMarked} />
        {answer.rows.length === 0 ? (
          <Empty title={t('ask.noRows')} hint={t('ask.noRowsHint')} />
        ) : null}
        {isOneRow || answer.rows.length === 0 ? null : <Figures answer={answer} marked={marked} />}
      </article>
      {answer.assumptions.length === 0 ? null : (
        <section className="rialto-card rialto-assumptions" aria-labelledby="assumptions">
          <h2 id="assumptions">{t('ask.assumptions')}</h2>
          <ul className="rialto-plain">
            {answer.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
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

/** What a question came back as, in each of its four outcomes; an option answers what was asked back. */
export function AnswerView(props: Shown): ReactNode {
  return props.answer.status === 'answered' ? <Found {...props} /> : <NotAnswered {...props} />;
}
