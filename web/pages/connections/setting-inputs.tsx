import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import en from '../../locales/en.json';
import { useTranslation } from '../../shared/i18n.ts';
import type { SettingField, TypedSettings } from '../../shared/setting-fields.ts';
import { joined, useSettingName } from './setting-name.ts';

const isHinted = (name: string): name is keyof typeof en.settingHint =>
  Object.hasOwn(en.settingHint, name);

type InputProps = {
  readonly of: SettingField;
  readonly value: string;
  readonly onValue: (value: string) => void;
};

function SettingInput({ of, value, onValue }: InputProps): ReactNode {
  const { t } = useTranslation();
  const nameOf = useSettingName();
  const { name, kind, required, choices } = of;
  const hint = joined(name);
  const onChange = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
    onValue(currentTarget.value);
  const shared = {
    label: nameOf(name),
    description: isHinted(hint) ? t(`settingHint.${hint}`) : undefined,
    value,
    onChange,
    required,
  };
  switch (kind) {
    case 'boolean':
      return (
        <label className="rialto-check">
          <input
            type="checkbox"
            checked={value === 'true'}
            onChange={({ currentTarget: { checked } }) => onValue(checked ? 'true' : 'false')}
          />
          {shared.label}
        </label>
      );
    case 'choice':
      return <NativeSelect {...shared} data={['', ...choices]} />;
    case 'long':
      return <Textarea {...shared} rows={3} spellCheck={false} autoComplete="off" />;
    case 'list':
      return <Textarea {...shared} rows={2} spellCheck={false} autoComplete="off" />;
    case 'number':
    case 'text':
      return (
        <TextInput
          {...shared}
          type={kind === 'number' ? 'number' : 'text'}
          spellCheck={false}
          autoComplete="off"
        />
      );
  }
}

/** Asks for the settings of an adapter, each as its schema says. */
export function SettingInputs(props: {
  readonly of: readonly SettingField[];
  readonly typed: TypedSettings;
  readonly onTyped: (typed: TypedSettings) => void;
}): ReactNode {
  const { of, typed, onTyped } = props;
  return of.map((field) => (
    <SettingInput
      key={field.name}
      of={field}
      value={typed[field.name] ?? ''}
      onValue={(value) => onTyped({ ...typed, [field.name]: value })}
    />
  ));
}

/** Asks for secrets. What is kept is never shown; what is left empty stays as it is. */
export function SecretInputs(props: {
  readonly of: readonly { readonly name: string; readonly optional: boolean }[];
  readonly kept?: readonly string[];
  readonly typed: TypedSettings;
  readonly onTyped: (typed: TypedSettings) => void;
}): ReactNode {
  const { of, kept = [], typed, onTyped } = props;
  const nameOf = useSettingName();
  const { t } = useTranslation();
  return of.map(({ name, optional }) => {
    const shared = {
      label: nameOf(name),
      description: kept.includes(name) ? t('connection.secretKept') : undefined,
      value: typed[name] ?? '',
      onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
        onTyped({ ...typed, [name]: currentTarget.value }),
      required: !optional && !kept.includes(name),
    };
    // A key has lines, which a field of one line would take from it.
    return name === 'privateKey' ? (
      <Textarea key={name} {...shared} rows={3} spellCheck={false} autoComplete="off" />
    ) : (
      <TextInput key={name} {...shared} type="password" autoComplete="new-password" />
    );
  });
}

/** Secrets that were typed: an empty one is none. */
export const secretsOf = (typed: TypedSettings): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''));
