import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Webhook, WebhookDelivery } from '#api-contract/webhook';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { Ago } from '../../shared/ago.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';

const SHOWN = 5;

/** Text to be taken elsewhere. */
function Copied({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard();
  return (
    <div className="rialto-tools">
      <code className="rialto-link-text">{text}</code>
      <button
        type="button"
        className="rialto-text-button"
        aria-label={`${t('webhook.copy')}: ${label}`}
        onClick={() => copy(text)}
      >
        {copied ? t('state.copied') : t('webhook.copy')}
      </button>
    </div>
  );
}

/** The secret between the two sides: made here and shown once, or ended. */
function Secret({ name, of }: { readonly name: string; readonly of: Webhook }): ReactNode {
  const { t } = useTranslation();
  const [made, setMade] = useState<string>();
  const params = { name };
  const rotate = async (): Promise<void> => {
    const { secret } = await call('rotateWebhookSecret', { params, body: {} });
    setMade(secret ?? undefined);
  };
  return (
    <>
      {made === undefined ? null : (
        <div className="rialto-card rialto-notice" data-status="clarify" role="status">
          <p>{t('webhook.made')}</p>
          <Copied text={made} label={t('webhook.secret')} />
        </div>
      )}
      <div className="rialto-tools">
        <ActButton
          text={t(of.secrets === 0 ? 'webhook.makeSecret' : 'webhook.rotate')}
          act={rotate}
        />
        {of.secrets === 2 ? (
          <ActButton
            text={t('webhook.retire')}
            act={() => call('retireWebhookSecret', { params })}
          />
        ) : null}
      </div>
    </>
  );
}

/** The columns of what a system told. */
function useDeliveryColumns(): readonly Column<WebhookDelivery>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { name: 'at', title: t('webhook.received'), cell: (row) => <Ago at={row.receivedAt} /> },
    { name: 'state', title: t('field.status'), cell: (row) => t(`webhook.${row.state}`) },
    { name: 'id', title: t('webhook.delivery'), wide: true, cell: (row) => row.deliveryId },
    {
      name: 'named',
      title: t('webhook.named'),
      wide: true,
      cell: ({ wishes: [first] }) =>
        first?.entity === undefined ? t('webhook.all') : `${first.entity} ${first.key ?? ''}`,
    },
    {
      name: 'repeats',
      title: t('webhook.repeats'),
      end: true,
      cell: (row) => format.count(row.repeats),
    },
    {
      name: 'problem',
      title: t('field.message'),
      wide: true,
      quiet: true,
      cell: (row) => <Maybe text={row.problem ?? undefined} />,
    },
  ];
}

function Deliveries({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const found = useServer('listWebhookDeliveries', {
    params: { name },
    query: { pageSize: SHOWN },
  });
  const columns = useDeliveryColumns();
  return (
    <Async of={loadable(found)} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="rialto-note">{t('webhook.none')}</p>
        ) : (
          <DataTable
            label={t('webhook.title')}
            columns={columns}
            rows={items}
            keyOf={(row) => row.id}
          />
        )
      }
    </Async>
  );
}

/** Where a system tells of changes by itself, what it told last, and the secret between the two. */
export function WebhookCard({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('integrations:write');
  const maySee = useMay('runs:read');
  const { data: of } = useServer('getWebhook', { params: { name } });
  if (of?.sends !== true) return null; // Its profile says nothing of how it would send.
  return (
    <Card title={t('webhook.title')}>
      <div className="rialto-source">
        <p>{t(of.secrets === 0 ? 'webhook.noSecret' : 'webhook.about')}</p>
        <Copied text={`${window.location.origin}${of.path}`} label={t('webhook.address')} />
        {of.secrets === 2 ? <p>{t('webhook.two')}</p> : null}
        {mayWrite ? <Secret name={name} of={of} /> : null}
      </div>
      {maySee ? <Deliveries name={name} /> : null}
    </Card>
  );
}
