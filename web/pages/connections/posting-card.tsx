import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { IntegrationDetail } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActForm } from '../../shared/act-form.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';

type Posting = IntegrationDetail['posting'];
type Part = keyof Posting['inForce'];

const PARTS = [
  'sendMsMax',
  'settleMs',
  'retryBaseMs',
  'retryMsMax',
  'attemptsMax',
  'lookMs',
  'fallbackAfterMs',
] as const satisfies readonly Part[];
const MS = 1000;
const MOST = { pageSize: 200 } as const;

const isTime = (part: Part): boolean => part !== 'attemptsMax';

/** People set seconds; the server counts in milliseconds. */
const typedOf = (part: Part, value: number | undefined): string =>
  value === undefined ? '' : String(isTime(part) ? value / MS : value);

const valueOf = (part: Part, text: string): number =>
  isTime(part) ? Math.round(Number(text) * MS) : Number(text);

function Edit({ of }: { readonly of: IntegrationDetail }): ReactNode {
  const { t } = useTranslation();
  const { policy, inForce, fallback: before = '' } = of.posting;
  const [typed, setTyped] = useState(
    () => new Map<Part, string>(PARTS.map((part) => [part, typedOf(part, policy[part])])),
  );
  const [fallback, setFallback] = useState(before);
  const all = useServer('listIntegrations', { query: MOST }).data?.items ?? [];
  const others = all.map(({ name }) => name).filter((name) => name !== of.name);
  const set = PARTS.flatMap((part): [Part, number][] => {
    const text = (typed.get(part) ?? '').trim();
    return text === '' ? [] : [[part, valueOf(part, text)]];
  });
  return (
    <details className="rialto-unfolds">
      <summary>{t('posting.edit')}</summary>
      <ActForm
        label={t('posting.edit')}
        submit={t('connection.save')}
        act={() =>
          call('setPosting', {
            params: { name: of.name },
            body: { policy: Object.fromEntries(set), ...(fallback === '' ? {} : { fallback }) },
          })
        }
      >
        <p className="rialto-dim">{t('posting.editAbout')}</p>
        {PARTS.map((part) => (
          <TextInput
            key={part}
            type="number"
            min={0}
            step={isTime(part) ? 'any' : 1}
            label={isTime(part) ? `${t(`posting.${part}`)} (s)` : t(`posting.${part}`)}
            description={t(`posting.hint.${part}`)}
            placeholder={typedOf(part, inForce[part])}
            value={typed.get(part) ?? ''}
            onChange={({ currentTarget: { value } }) => setTyped(new Map(typed).set(part, value))}
            autoComplete="off"
          />
        ))}
        <NativeSelect
          label={t('posting.fallback')}
          description={t('posting.hint.fallback')}
          value={fallback}
          onChange={({ currentTarget: { value } }) => setFallback(value)}
          data={[
            { value: '', label: t('posting.nobody') },
            ...others.map((name) => ({ value: name, label: name })),
          ]}
        />
      </ActForm>
    </details>
  );
}

/** How patient what is written to a system is, and who stands in for it while it is away. */
export function PostingCard({ of }: { readonly of: IntegrationDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('integrations:write');
  const maySeeAudit = useMay('audit:read');
  const { policy, inForce, fallback, standsInFor } = of.posting;
  const shown = (part: Part): string => {
    const value = isTime(part) ? format.duration(inForce[part]) : format.count(inForce[part]);
    return policy[part] === undefined ? value : `${value} · ${t('posting.setHere')}`;
  };
  return (
    <Card
      title={t('posting.title')}
      aside={
        maySeeAudit ? (
          <TextLink to="/audit" search={{ action: 'integrations', subject: of.name }} size="sm">
            {t('posting.whoSet')}
          </TextLink>
        ) : undefined
      }
    >
      <Facts
        of={[
          ...PARTS.map((part) => [t(`posting.${part}`), shown(part)] as const),
          [t('posting.fallback'), fallback ?? t('posting.nobody')],
          [t('posting.standsInFor'), standsInFor.join(', ')],
        ]}
      />
      {mayWrite ? (
        <div className="rialto-source">
          <Edit of={of} />
        </div>
      ) : null}
    </Card>
  );
}
