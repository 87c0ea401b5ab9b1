import type { ReactNode } from 'react';
import { useServer } from '../../api/ask-server.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { TextLink } from '../../shared/text-link.tsx';

/** What is here to be asked about, each count leading to its list. */
export function Holdings(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { counts, integrations = [] } = useServer('getOverview').data ?? {};
  if (counts === undefined) return null;
  if (counts.suppliers + counts.items + counts.purchaseOrders === 0) {
    if (integrations.some(({ sample }) => sample)) return null; // It is on its way.
    return (
      <p className="rialto-dim">
        {t('ask.nothingYet')} <TextLink to="/integrations">{t('list.toIntegrations')}</TextLink>
      </p>
    );
  }
  const held = [
    { to: '/suppliers', title: t('nav.suppliers'), count: counts.suppliers },
    { to: '/items', title: t('nav.items'), count: counts.items },
    { to: '/purchase-orders', title: t('nav.orders'), count: counts.purchaseOrders },
    { to: '/quarantine', title: t('nav.quarantine'), count: counts.quarantined },
  ] as const;
  return (
    <nav aria-label={t('ask.holdings')} className="rialto-card rialto-tiles">
      {held.map(({ to, title, count }) => (
        <TextLink key={to} to={to} className="rialto-tile" underline="never">
          <span className="rialto-tile-name">{title}</span>
          <span
            className="rialto-tile-value"
            data-tone={to === '/quarantine' && count > 0 ? 'warn' : undefined}
          >
            {format.count(count)}
          </span>
        </TextLink>
      ))}
    </nav>
  );
}
