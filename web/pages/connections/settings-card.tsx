import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AdapterEntry, IntegrationDetail } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActForm } from '../../shared/act-form.tsx';
import { useAdapterName } from '../../shared/adapter-name.ts';
import { Card, Facts } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { JsonView, readJson } from '../../shared/json-text.tsx';
import { useOperationName } from '../../shared/operation-name.ts';
import { settingFields, settingsOf, typedOf } from '../../shared/setting-fields.ts';
import type { TypedSettings } from '../../shared/setting-fields.ts';
import { useMay } from '../../shared/use-may.ts';
import { useSettingName } from './setting-name.ts';
import { SecretInputs, secretsOf, SettingInputs } from './setting-inputs.tsx';

function Edit(props: {
  readonly of: IntegrationDetail;
  readonly adapter: AdapterEntry;
}): ReactNode {
  const { of, adapter } = props;
  const { t } = useTranslation();
  const fields = settingFields(adapter.settings);
  const [settings, setSettings] = useState(() => typedOf(of.settings));
  const [secrets, setSecrets] = useState<TypedSettings>({});
  return (
    <details className="rialto-unfolds">
      <summary>{t('connection.edit')}</summary>
      <ActForm
        label={t('connection.edit')}
        submit={t('connection.save')}
        act={() =>
          call('updateIntegration', {
            params: { name: of.name },
            body: { settings: settingsOf(fields, settings), secrets: secretsOf(secrets) },
          })
        }
        onDone={() => setSecrets({})}
      >
        <SettingInputs of={fields} typed={settings} onTyped={setSettings} />
        <SecretInputs of={adapter.secrets} kept={of.secrets} typed={secrets} onTyped={setSecrets} />
      </ActForm>
    </details>
  );
}

const LINE_MOST = 120;

/** A setting as it is; one that is a document of its own is folded. */
function Written({ text }: { readonly text: string }): ReactNode {
  const { t } = useTranslation();
  if (text.length <= LINE_MOST) return <code>{text}</code>;
  const read = readJson(text);
  return (
    <details className="rialto-unfolds">
      <summary>{t('connection.longSetting')}</summary>
      <JsonView label={t('connection.longSetting')} of={read.ok ? read.value : text} />
    </details>
  );
}

/** How a source is reached. Secrets can be replaced, and are never shown. */
export function SettingsCard({ of }: { readonly of: IntegrationDetail }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useSettingName();
  const operationOf = useOperationName();
  const adapterOf = useAdapterName();
  const mayWrite = useMay('integrations:write');
  const adapter = useServer('listAdapters').data?.items.find(({ name }) => name === of.adapter);
  return (
    <Card title={t('connection.settings')}>
      <Facts
        of={[
          [t('connection.adapter'), adapterOf(of.adapter, adapter?.title)],
          ...Object.entries(typedOf(of.settings)).map(
            ([name, text]) => [nameOf(name), <Written key={name} text={text} />] as const,
          ),
          [t('connection.secrets'), of.secrets.map(nameOf).join(', ')],
          [t('connection.writes'), of.writes.map(operationOf).join(', ')],
        ]}
      />
      {mayWrite && adapter !== undefined ? (
        <div className="rialto-source">
          <Edit of={of} adapter={adapter} />
        </div>
      ) : null}
    </Card>
  );
}
