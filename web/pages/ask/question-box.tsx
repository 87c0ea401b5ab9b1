import { Autocomplete, Button } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useServer } from '../../api/ask-server.ts';
import { useLanguage } from '../../shared/i18n.ts';

/** The box a question is typed into; it completes what others could ask. */
export function QuestionBox(props: {
  readonly question: string;
  readonly onAsk: (question: string) => void;
}): ReactNode {
  const { question, onAsk } = props;
  const { t } = useTranslation();
  const locale = useLanguage();
  const [typed, setTyped] = useState(question);
  const [text] = useDebouncedValue(typed, 150);
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  const typing = text.trim().length > 1 && text !== question;
  const suggestions = useServer(
    'suggestQuestions',
    { query: { text, locale } },
    { enabled: typing, keep: true },
  );
  const items = typing ? (suggestions.data?.items ?? []) : [];
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') onAsk(typed.trim());
  };
  return (
    <form className="rialto-question" onSubmit={submit} role="search" aria-label={t('nav.ask')}>
      <Autocomplete
        ref={input}
        aria-label={t('ask.label')}
        placeholder={t('ask.placeholder')}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={onAsk}
        data={[...new Set(items.map((item) => item.question))]}
        filter={({ options }) => options}
        maxLength={500}
        autoComplete="off"
        name="q"
      />
      <Button type="submit" px="xl">
        {t('ask.submit')}
      </Button>
    </form>
  );
}
