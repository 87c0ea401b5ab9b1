import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode, SyntheticEvent } from 'react';
import type { AdapterEntry } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { useAdapterName } from '../../shared/adapter-name.ts';
import { Async, loadable } from '../../shared/async.tsx';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { settingFields, settingsOf } from '../../shared/setting-fields.ts';
import type { TypedSettings } from '../../shared/setting-fields.ts';
import { TextLink } from '../../shared/text-link.tsx';
import { useUrl } from '../../shared/use-url.ts';
import { mappingOf, MappingInput } from './mapping-choice.tsx';
import type { MappingChoice } from './mapping-choice.tsx';
import { FirstSteps } from './first-steps.tsx';
import { SecretInputs, secretsOf, SettingInputs } from './setting-inputs.tsx';

/** Which system: its adapter, one of those that are there. */
function AdapterChoice(props: {
  readonly of: readonly AdapterEntry[];
  readonly chosen: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const nameOf = useAdapterName();
  const [, change] = useUrl();
  return (
    <Card title={t('connect.choose')}>
      <fieldset className="rialto-choice rialto-adapters">
        <legend className="rialto-hidden">{t('connect.choose')}</legend>
        {props.of.map(({ name, title }) => (
          <label key={name}>
            <input
              type="radio"
              name="adapter"
              checked={name === props.chosen}
              onChange={() => change({ adapter: name }, true)}
            />
            {nameOf(name, title)}
          </label>
        ))}
      </fieldset>
    </Card>
  );
}

function useConnect(adapter: AdapterEntry) {
  const client = useQueryClient();
  const [, change] = useUrl();
  const [name, setName] = useState(adapter.name);
  const [mapping, setMapping] = useState<MappingChoice>({
    shipped: adapter.mappings[0] ?? '',
    own: '',
  });
  const [settings, setSettings] = useState<TypedSettings>({});
  const [secrets, setSecrets] = useState<TypedSettings>({});
  const fields = settingFields(adapter.settings);
  const connect = useMutation({
    mutationFn: () =>
      call('connectIntegration', {
        body: {
          name: name.trim(),
          adapter: adapter.name,
          settings: settingsOf(fields, settings),
          secrets: secretsOf(secrets),
          mapping: mappingOf(mapping) ?? '',
        },
      }),
    onSuccess: async (made) => {
      setSecrets({}); // Not kept here a moment longer than needed.
      await client.invalidateQueries();
      change({ adapter: undefined, name: made.integration.name });
    },
  });
  return {
    name,
    setName,
    mapping,
    setMapping,
    settings,
    setSettings,
    secrets,
    setSecrets,
    fields,
    connect,
  };
}

function ConnectForm({ adapter }: { readonly adapter: AdapterEntry }): ReactNode {
  const { t } = useTranslation();
  const form = useConnect(adapter);
  const title = useAdapterName()(adapter.name, adapter.title);
  const sources = useServer('listIntegrations').data?.items ?? [];
  const retires = sources.some(({ sample }) => sample);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    form.connect.mutate();
  };
  return (
    <Card title={title}>
      <form onSubmit={submit} className="rialto-form" aria-label={title}>
        <TextInput
          label={t('connect.name')}
          description={t('connect.nameHint')}
          value={form.name}
          onChange={({ currentTarget: { value } }) => form.setName(value)}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <SettingInputs of={form.fields} typed={form.settings} onTyped={form.setSettings} />
        {adapter.secrets.length === 0 ? null : (
          <fieldset className="rialto-form rialto-inner">
            <legend>{t('connection.secrets')}</legend>
            <p className="rialto-dim">{t('connect.secretsAbout')}</p>
            {adapter.name === 'file' ? (
              <p className="rialto-dim">{t('connect.secretsOfSftp')}</p>
            ) : null}
            <SecretInputs of={adapter.secrets} typed={form.secrets} onTyped={form.setSecrets} />
          </fieldset>
        )}
        <MappingInput shipped={adapter.mappings} value={form.mapping} onValue={form.setMapping} />
        {retires ? <p className="rialto-dim">{t('connect.retires')}</p> : null}
        {form.connect.error === null ? null : <Failure error={form.connect.error} />}
        <Button
          type="submit"
          loading={form.connect.isPending}
          disabled={mappingOf(form.mapping) === undefined}
        >
          {t('connect.submit')}
        </Button>
      </form>
    </Card>
  );
}

/** Connects a system step by step: which, how it is reached, tried, looked at, read. */
export function ConnectPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  const adapters = useServer('listAdapters');
  const { adapter: wanted, name } = search;
  return (
    <>
      <PageHead
        title={name === undefined ? t('connect.title') : t('connect.done', { name })}
        about={name === undefined ? t('connect.about') : t('connect.doneAbout')}
        above={
          <TextLink to="/integrations" className="rialto-crumb">
            {t('nav.integrations')}
          </TextLink>
        }
      />
      {name === undefined ? (
        <Async of={loadable(adapters)}>
          {({ items }) => {
            const chosen = items.find((one) => one.name === wanted) ?? items[0];
            return (
              <div className="rialto-stack">
                <AdapterChoice of={items} chosen={chosen?.name} />
                {chosen === undefined ? null : <ConnectForm key={chosen.name} adapter={chosen} />}
              </div>
            );
          }}
        </Async>
      ) : (
        <FirstSteps key={name} name={name} />
      )}
    </>
  );
}
