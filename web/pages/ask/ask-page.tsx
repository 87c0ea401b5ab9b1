import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Loader, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { BodyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { Async, loadable, Waiting } from '../../shared/async.tsx';
import { useLanguage, useTranslation } from '../../shared/i18n.ts';
import { useTitle } from '../../shared/use-title.ts';
import { useUrl } from '../../shared/use-url.ts';
import { Holdings } from './holdings.tsx';
import { QuestionBox } from './question-box.tsx';
import { SampleNote } from './sample-note.tsx';

// Fetched with the first answer: the first screen is there sooner.
const AnswerView = lazy(async () => ({
  default: (await import('./answer-view.tsx')).AnswerView,
}));

function Examples({ onAsk }: { readonly onAsk: (question: string) => void }): ReactNode {
  const { t } = useTranslation();
  const locale = useLanguage();
  const suggestions = useServer('suggestQuestions', { query: { text: '', locale } });
  const items = suggestions.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="examples">
      <Text id="examples" size="sm" fw={600} mb={8} component="h2">
        {t('ask.examples')}
      </Text>
      <div className="rialto-chips">
        {items.map(({ question }) => (
          <button
            key={question}
            type="button"
            className="rialto-chip"
            onClick={() => onAsk(question)}
          >
            {question}
          </button>
        ))}
      </div>
    </section>
  );
}

type Before = NonNullable<BodyOf<'askQuestion'>['after']>;

/** The query of the question before, as the address keeps it; what is none is left out. */
function beforeIn(text: string | undefined): Before | undefined {
  if (text === undefined) return undefined;
  try {
    const before: unknown = JSON.parse(text);
    if (typeof before !== 'object' || before === null || Array.isArray(before)) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object that was JSON.
    return before as Before;
  } catch {
    return undefined;
  }
}

/** The answer to a question, which may go on from the one before. */
function useAnswer(question: string, before: string | undefined) {
  const locale = useLanguage();
  const after = beforeIn(before);
  return useQuery({
    queryKey: ['askQuestion', { question, locale, before }],
    queryFn: ({ signal }) => {
      const body = { question, locale, ...(after === undefined ? {} : { after }) };
      return call('askQuestion', { body, signal });
    },
    placeholderData: keepPreviousData,
    enabled: question !== '',
  });
}

function Answered(props: {
  readonly answer: ReturnType<typeof useAnswer>;
  readonly onAsk: (question: string) => void;
  readonly onChoose: (question: string) => void;
}): ReactNode {
  const { answer, onAsk, onChoose } = props;
  const { t } = useTranslation();
  return (
    <div aria-busy={answer.isFetching} className="rialto-answer">
      {answer.isFetching && answer.isPlaceholderData ? (
        <Text size="sm" c="dimmed" role="status" className="rialto-busy">
          <Loader size={14} mr={8} aria-hidden />
          {t('ask.thinking')}
        </Text>
      ) : null}
      <Async of={loadable(answer)} rows={8}>
        {(shown) => (
          <Suspense fallback={<Waiting rows={8} />}>
            <AnswerView key={shown.reading} answer={shown} onAsk={onAsk} onChoose={onChoose} />
          </Suspense>
        )}
      </Async>
    </div>
  );
}

/** What can be asked; where there is nothing yet, the way to something. */
function Start({ onAsk }: { readonly onAsk: (question: string) => void }): ReactNode {
  const counts = useServer('getOverview').data?.counts;
  const isEmpty =
    counts !== undefined && counts.suppliers + counts.items + counts.purchaseOrders === 0;
  return (
    <>
      <SampleNote />
      {isEmpty ? null : <Examples onAsk={onAsk} />}
      <Holdings />
    </>
  );
}

/** A question in plain words, and its answer with everything behind it. The question is `?q=`. */
export function AskPage(): ReactNode {
  const { t } = useTranslation();
  const [search, change] = useUrl();
  const question = search['q'];
  useTitle(question ?? t('nav.ask'));
  const { after } = search;
  const answer = useAnswer(question ?? '', after);
  const ask = (next: string): void => change({ q: next, after: undefined });
  // What is typed under an answer may go on from it; the server says when it does.
  const found = answer.isPlaceholderData ? undefined : answer.data;
  const goesOn = found?.status === 'answered' ? JSON.stringify(found.query) : after;
  const askOn = (next: string): void =>
    change({ q: next, after: next === question ? after : goesOn });
  return (
    <div className="rialto-ask" data-fresh={question === undefined ? true : undefined}>
      <div className="rialto-stack">
        {question === undefined ? (
          <div>
            <Title order={1} size={26}>
              {t('ask.heading')}
            </Title>
            <Text c="dimmed" mt={4}>
              {t('ask.examplesAbout')}
            </Text>
          </div>
        ) : (
          <h1 className="rialto-hidden">{question}</h1>
        )}
        <QuestionBox
          key={`${question ?? ''} ${after ?? ''}`}
          question={question ?? ''}
          onAsk={question === undefined ? ask : askOn}
        />
        {found?.status === 'answered' ? <p className="rialto-dim">{t('ask.goesOn')}</p> : null}
        {question === undefined ? (
          <Start onAsk={ask} />
        ) : (
          <Answered answer={answer} onAsk={ask} onChoose={(one) => change({ q: one })} />
        )}
      </div>
    </div>
  );
}
