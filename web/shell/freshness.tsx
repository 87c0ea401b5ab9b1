import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { Ago } from '../shared/ago.tsx';
import { useTranslation } from '../shared/i18n.ts';

/** How old the figures are, and from which source they came. */
export function Freshness(): ReactNode {
  const { t } = useTranslation();
  const overview = useServer('getOverview').data;
  if (overview === undefined) return null;
  const run = overview.lastRun;
  return (
    <div className="rialto-freshness">
      <span
        className="rialto-dot"
        data-tone={overview.freshness.behind ? 'warn' : 'good'}
        aria-hidden
      />
      <Text size="xs" component="span">
        {overview.freshness.behind ? t('freshness.behind') : t('freshness.current')}
      </Text>
      {run === undefined ? null : (
        <Text size="xs" c="dimmed">
          {t('freshness.lastRun', { integration: run.integration })}{' '}
          <Ago at={run.finishedAt ?? run.startedAt} />
        </Text>
      )}
    </div>
  );
}
