import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { useFormat, useTranslation } from '../shared/i18n.ts';

const ONE = { query: { pageSize: 1 } } as const;

/** How many conflicts wait for a person; nothing when none does. */
export function ConflictCount(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const count = useServer('listConflicts', ONE).data?.total ?? 0;
  if (count === 0) return null;
  return (
    <span className="rialto-nav-count">
      <span className="rialto-hidden">{t('conflict.waiting')} </span>
      {format.count(count)}
    </span>
  );
}
