import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReplyOf, Source } from '#api-contract';
import en from '../locales/en.json';
import { Card } from './facts.tsx';
import { useFormat, useTranslation } from './i18n.ts';
import { ListView } from './list-view.tsx';
import { useList } from './use-list.ts';

const WHAT = ['created', 'changed', 'deleted'] as const;

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
  return (
    <Card title={t('detail.history')}>
      <ListView
        label={t('detail.history')}
        searchLabel={t('detail.searchHistory')}
        choices={[
          {
            name: 'what',
            label: t('detail.happened'),
            values: WHAT.map((value) => ({ value, label: t(`field.${value}`) })),
          },
        ]}
        list={useList('listRecordChanges', { id })}
        sorts={[
          { sort: 'position', title: t('audit.at'), up: t('list.oldest'), down: t('list.newest') },
        ]}
        empty={{ title: t('detail.noHistory') }}
        inCard
      >
        {(changes) => (
          <ol className="rialto-bare">
            {changes.map((change) => (
              <Entry key={change.position} change={change} />
            ))}
          </ol>
        )}
      </ListView>
    </Card>
  );
}
