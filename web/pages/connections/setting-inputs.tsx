import { Button, FileButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import en from '../../locales/connections.en.json';
import { useTranslation } from '../../shared/i18n.ts';
import type { SettingField, TypedSettings } from '../../shared/setting-fields.ts';
import { waysOf } from './secret-ways.ts';
import { useShippedName } from './shipped-name.ts';
import { joined, useSettingName } from './setting-name.ts';

const isHinted = (name: string): name is keyof typeof en.settingHint =>
  Object.hasOwn(en.settingHint, name);

type InputProps = {
  readonly of: SettingField;
  readonly value: string;
  readonly onValue: (value: string) => void;
};

/** What helps to fill it in. */
function useHint(): (name: string) => string | undefined {
  const { t } = useTranslation();
  return (name) => {
    const key = joined(name);
    return isHinted(key) ? t(`settingHint.${key}`) : undefined;
  };
}

const isNamedChoice = (value: string): value is keyof typeof en.choice =>
  Object.hasOwn(en.choice, value);

/** A setting that is a document of its own: typed, or taken from a file. */
function LongInput(props: {
  readonly label: string;
  readonly description: string | undefined;
  readonly value: string;
  readonly required: boolean;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { onValue, label, ...rest } = props;
  const { t } = useTranslation();
  const load = (file: File | null): void => void file?.text().then(onValue);
  return (
    <>
      <Textarea
        {...rest}
        label={label}
        onChange={({ currentTarget: { value } }) => onValue(value)}
        rows={3}
        spellCheck={false}
        autoComplete="off"
      />
      <FileButton onChange={load}>
        {(button) => (
          <Button
            {...button}
            size="xs"
            variant="default"
            aria-label={`${label}: ${t('connect.fromFile')}`}
          >
            {t('connect.fromFile')}
          </Button>
        )}
      </FileButton>
    </>
  );
}

/** A document of which some ship: one of those by its name, or one of your own. */
function ShippedInput(
  props: Parameters<typeof LongInput>[0] & { readonly shipped: readonly string[] },
): ReactNode {
  const { shipped, ...rest } = props;
  const { label, description, value, required, onValue } = rest;
  const { t } = useTranslation();
  const titleOf = useShippedName();
  const [own, setOwn] = useState(value !== '' && !shipped.includes(value));
  const choose = (chosen: string): void => {
    setOwn(chosen === OWN);
    onValue(chosen === OWN ? '' : chosen);
  };
  return (
    <>
      <NativeSelect
        label={label}
        description={description}
        required={required}
        value={own ? OWN : value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={[
          { value: '', label: t('connect.pickProfile') },
          ...shipped.map((name) => ({ value: name, label: titleOf(name) })),
          { value: OWN, label: t('connect.ownProfile') },
        ]}
      />
      {own ? (
        <LongInput {...rest} label={t('connect.profileText')} description={undefined} />
      ) : null}
    </>
  );
}

const OWN = '*'; // No profile is called so.

function SettingInput({ of, value, onValue }: InputProps): ReactNode {
  const { t } = useTranslation();
  const nameOf = useSettingName();
  const hintOf = useHint();
  const { name, kind, required, choices, examples, least, most } = of;
  const onChange = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
    onValue(currentTarget.value);
  const plain = { label: nameOf(name), description: hintOf(name), value, required };
  const shared = { ...plain, onChange };
  switch (kind) {
    case 'boolean':
      return (
        <label className="rialto-check">
          <input
            type="checkbox"
            checked={value === 'true'}
            onChange={({ currentTarget: { checked } }) => onValue(checked ? 'true' : 'false')}
          />
          <span>
            {plain.label} <span className="rialto-dim">{plain.description}</span>
          </span>
        </label>
      );
    case 'choice': {
      const none = { value: '', label: required ? '' : t('connect.asUsual') };
      return (
        <NativeSelect
          {...shared}
          data={[
            none,
            ...choices.map((each) => ({
              value: each,
              label: isNamedChoice(each) ? t(`choice.${each}`) : each,
            })),
          ]}
        />
      );
    }
    case 'long':
      return examples.length === 0 ? (
        <LongInput {...plain} onValue={onValue} />
      ) : (
        <ShippedInput {...plain} shipped={examples} onValue={onValue} />
      );
    case 'list':
      return <Textarea {...shared} rows={2} spellCheck={false} autoComplete="off" />;
    case 'number':
    case 'text':
      return (
        <TextInput
          {...shared}
          type={kind === 'number' ? 'number' : 'text'}
          min={least}
          max={most}
          spellCheck={false}
          autoComplete="off"
        />
      );
  }
}

const groupOf = ({ name }: SettingField): string => name.split('.').slice(0, -1).join('.');

/** Asks for the settings of an adapter, each as its schema says; parts of one stand together. */
export function SettingInputs(props: {
  readonly of: readonly SettingField[];
  readonly typed: TypedSettings;
  readonly onTyped: (typed: TypedSettings) => void;
}): ReactNode {
  const { of, typed, onTyped } = props;
  const nameOf = useSettingName();
  const inputs = (fields: readonly SettingField[]): ReactNode =>
    fields.map((field) => (
      <SettingInput
        key={field.name}
        of={field}
        value={typed[field.name] ?? ''}
        onValue={(value) => onTyped({ ...typed, [field.name]: value })}
      />
    ));
  const groups = [...new Set(of.map(groupOf))].filter((group) => group !== '');
  return (
    <>
      {inputs(of.filter((field) => groupOf(field) === ''))}
      {groups.map((group) => {
        const fields = of.filter((field) => groupOf(field) === group);
        const isUsed = fields.some(({ name }) => (typed[name] ?? '') !== '');
        return (
          <details key={group} className="rialto-unfolds rialto-group" open={isUsed || undefined}>
            <summary>{nameOf(group)}</summary>
            <div className="rialto-form rialto-inner">{inputs(fields)}</div>
          </details>
        );
      })}
    </>
  );
}

type SecretProps = {
  readonly of: readonly { readonly name: string; readonly optional: boolean }[];
  readonly kept?: readonly string[];
  readonly typed: TypedSettings;
  readonly onTyped: (typed: TypedSettings) => void;
};

function PlainSecrets({ of, kept = [], typed, onTyped }: SecretProps): ReactNode {
  const nameOf = useSettingName();
  const hintOf = useHint();
  const { t } = useTranslation();
  return of.map(({ name, optional }) => {
    const shared = {
      label: nameOf(name),
      description: kept.includes(name) ? t('connection.secretKept') : hintOf(name),
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

/** Asks for secrets, each way to sign in by itself. What is kept is never shown. */
export function SecretInputs(props: SecretProps): ReactNode {
  const { of, kept = [] } = props;
  const { t } = useTranslation();
  const ways = waysOf(of);
  if (ways.length === 0) return <PlainSecrets {...props} />;
  return (
    <>
      <p className="rialto-dim">{t('connect.secretsOptional')}</p>
      {ways.map(({ way, of: asked }) => (
        <details
          key={way}
          className="rialto-unfolds rialto-group"
          open={asked.some(({ name }) => kept.includes(name)) || undefined}
        >
          <summary>{t(`signInWay.${way}`)}</summary>
          <div className="rialto-form rialto-inner">
            <PlainSecrets {...props} of={asked} />
          </div>
        </details>
      ))}
    </>
  );
}

/** Secrets that were typed: an empty one is none. */
export const secretsOf = (typed: TypedSettings): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''));
