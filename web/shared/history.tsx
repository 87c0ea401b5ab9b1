import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReplyOf, Source } from '#api-contract';
import en from '../locales/en.json';
import { useServer } from '../api/ask-server.ts';
import { Async, loadable } from './async.tsx';
import { Card } from './facts.tsx';
import { useFormat, useTranslation } from './i18n.ts';

const written = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isField = (name: string): name is keyof typeof en.field => Object.hasOwn(en.field, name);

/** 'lines.0.unitPrice' as people say it: line 1, unit price. */
function useFieldName(): (path: string) => string {
  const { t } = useTranslation();
  return (path) =>
    path
      .split('.')
      .map((step) => {
        if (/^\d+$/.test(step)) return String(Number(step) + 1);
        return isField(step) ? t(`field.${step}`) : step;
      })
      .join(' › ');
}

/** Where a record was read: file and line, or its key. */
export function SourceText({ of }: { readonly of: Source }): ReactNode {
  const { t } = useTranslation();
  const { integration, key, file, line } = of;
  return file === undefined || line === undefined
    ? t('detail.fromKey', { integration, key })
    : t('detail.from', { integration, file, line });
}

function Entry({
  change,
}: {
  readonly change: ReplyOf<'listRecordChanges'>['items'][number];
}): ReactNode {
  const nameOf = useFieldName();
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li className="rialto-change">
      <b>{t(`detail.${change.what}`)}</b>{' '}
      <Text component="span" size="sm" c="dimmed">
        <time dateTime={change.seenAt}>{format.moment(change.seenAt)}</time> ·{' '}
        <SourceText of={change.source} />
      </Text>
      {change.what === 'changed' ? (
        <ul className="rialto-plain">
          {change.changedFields.map(({ field, before, after }) => (
            <li key={field}>
              {nameOf(field)}: <del>{written(before)}</del> → <ins>{written(after)}</ins>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** How a record became what it is, newest first. */
export function History({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const changes = useServer('listRecordChanges', { params: { id } });
  return (
    <Card title={t('detail.history')}>
      <Async
        of={loadable(changes)}
        rows={2}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="rialto-note">{t('detail.noHistory')}</p>}
      >
        {({ items }) => (
          <ol className="rialto-bare">
            {items.map((change) => (
              <Entry key={change.position} change={change} />
            ))}
          </ol>
        )}
      </Async>
    </Card>
  );
}
