import { useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { chooseLanguage, isLanguage, LANGUAGES, useTranslation } from '../shared/i18n.ts';

const SCHEMES = ['light', 'dark', 'auto'] as const;

function Choice<Value extends string>(props: {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly of: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  return (
    <fieldset className="rialto-choice">
      <legend>{props.legend}</legend>
      {props.of.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={props.name}
            checked={value === props.value}
            onChange={() => props.onChoose(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** The reader's own choices: language, light or dark. */
export function Choices(): ReactNode {
  const { t, language } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Choice
        legend={t('shell.language')}
        name="language"
        value={language}
        of={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        onChoose={(value) => {
          if (isLanguage(value)) void chooseLanguage(value);
        }}
      />
      <Choice
        legend={t('shell.appearance')}
        name="scheme"
        value={colorScheme}
        of={SCHEMES.map((value) => ({ value, label: t(`shell.scheme.${value}`) }))}
        onChoose={setColorScheme}
      />
    </>
  );
}
