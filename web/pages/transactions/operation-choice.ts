import { useTranslation } from '../../shared/i18n.ts';
import type { Choice } from '../../shared/list-filters.tsx';
import { OPERATIONS, useOperationName } from '../../shared/operation-name.ts';

/** The filter by what was to be done. */
export function useOperationChoice(): Choice {
  const { t } = useTranslation();
  const nameOf = useOperationName();
  const values = OPERATIONS.map((value) => ({ value, label: nameOf(value) }));
  return { name: 'operation', label: t('transaction.operation'), values };
}
