import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import { useServer } from '../../api/ask-server.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { useOptions } from '../../shared/use-options.ts';
import type { Options } from '../../shared/use-options.ts';
import { useSearchKey } from '../../shared/use-search-key.ts';

/** What others could ask that begins like the text; nothing while nobody types. */
function useCompletions(typed: string, typing: boolean): readonly string[] {
  const { language: locale } = useTranslation();
  const [text] = useDebouncedValue(typed, 150);
  const enabled = typing && text.trim().length > 1;
  const found = useServer('suggestQuestions', { query: { text, locale } }, { enabled, keep: true });
  const questions = found.data?.items.map(({ question }) => question) ?? [];
  return enabled ? [...new Set(questions)].filter((one) => one !== typed) : [];
}

function Completions(props: {
  readonly of: readonly string[];
  readonly options: Options;
  readonly onAsk: (question: string) => void;
}): ReactNode {
  const { of, options, onAsk } = props;
  const { t } = useTranslation();
  return (
    <ul
      id={options.listId}
      role="listbox"
      aria-label={t('ask.completions')}
      className="rialto-options"
      hidden={of.length === 0}
    >
      {of.map((one, at) => (
        <li
          key={one}
          id={options.idOf(at)}
          role="option"
          aria-selected={at === options.active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onAsk(one)}
        >
          {one}
        </li>
      ))}
    </ul>
  );
}

/** The box a question is typed into; it completes what others could ask. */
export function QuestionBox(props: {
  readonly question: string;
  readonly onAsk: (question: string) => void;
}): ReactNode {
  const { question, onAsk } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(question);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const completions = useCompletions(typed, open);
  const ask = (text: string): void => {
    setOpen(false);
    setTyped(text);
    if (text.trim() !== '') onAsk(text.trim());
  };
  const options = useOptions({
    count: completions.length,
    first: -1,
    about: typed,
    onPick: (at) => ask(completions[at] ?? typed),
  });
  useSearchKey(input);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    ask(typed);
  };
  return (
    <form className="rialto-question" onSubmit={submit} role="search" aria-label={t('nav.ask')}>
      <div className="rialto-complete">
        <TextInput
          ref={input}
          aria-label={t('ask.label')}
          placeholder={t('ask.placeholder')}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            setOpen(true);
          }}
          {...options.input}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setOpen(false);
            options.input.onKeyDown(event);
          }}
          onBlur={() => setOpen(false)}
          maxLength={500}
          autoComplete="off"
          name="q"
        />
        <Completions of={completions} options={options} onAsk={ask} />
      </div>
      <Button type="submit" px="xl">
        {t('ask.submit')}
      </Button>
    </form>
  );
}
