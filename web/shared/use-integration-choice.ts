import { useServer } from '../api/ask-server.ts';
import { useTranslation } from './i18n.ts';
import type { Choice } from './list-filters.tsx';

/** The filter by source: offered as soon as there is more than one. */
export function useIntegrationChoice(): readonly Choice[] {
  const { t } = useTranslation();
  const sources = useServer('listIntegrations', { query: { pageSize: 200 } }).data?.items ?? [];
  if (sources.length < 2) return [];
  const values = sources.map(({ name }) => ({ value: name, label: name }));
  return [{ name: 'integration', label: t('field.integration'), values }];
}
