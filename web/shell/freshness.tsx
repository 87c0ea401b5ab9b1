import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { Ago } from '../shared/ago.tsx';
import { useTranslation } from '../shared/i18n.ts';

/** How old the figures are, and from which source they came. */
export function Freshness(): ReactNode {
  const { t } = useTranslation();
  const overview = useServer('getOverview').data;
  const run = overview?.lastRun;
  if (overview === undefined || run === undefined) return null; // Nothing was ever read.
  return (
    <div className="rialto-freshness">
      <span
        className="rialto-dot"
        data-tone={overview.freshness.behind || run.status === 'failed' ? 'warn' : 'good'}
        aria-hidden
      />
      <Text size="xs" component="span">
        {overview.freshness.behind ? t('freshness.behind') : t('freshness.current')}
      </Text>
      <Text size="xs" c="dimmed">
        {run.status === 'done'
          ? t('freshness.lastRun', { integration: run.integration })
          : `${run.integration}: ${t(`status.${run.status}`)}`}{' '}
        <Ago at={run.finishedAt ?? run.startedAt} />
      </Text>
    </div>
  );
}
