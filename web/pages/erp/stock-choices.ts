import type { Choice } from '../../shared/list-filters.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useBooks } from './ask-books.ts';
import { useEntity } from './entity.ts';

/** The choice of one warehouse; none where there is but one. */
export function useWarehouseChoice(): readonly Choice[] {
  const { t } = useTranslation();
  const { code } = useEntity();
  const found = useBooks('listWarehouses', { params: { entity: code } }).data?.items ?? [];
  if (found.length < 2) return [];
  const values = found.map((house) => ({ value: house.id, label: house.code }));
  return [{ name: 'warehouse', label: t('erp.field.warehouse'), values }];
}

/** The choice of what is there, or is not. */
export function useInStockChoice(): Choice {
  const { t } = useTranslation();
  return {
    name: 'inStock',
    label: t('erp.field.inStock'),
    values: [
      { value: 'true', label: t('state.yes') },
      { value: 'false', label: t('state.no') },
    ],
  };
}
