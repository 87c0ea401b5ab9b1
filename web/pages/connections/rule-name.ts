import { useFieldName } from '../../shared/field-name.ts';
import { useTranslation } from '../../shared/i18n.ts';

/** The field of a rule for every field that no other rule names. */
export const EVERY_FIELD = '*';

/** Says what a rule is about: a field, or every one that no other rule names. */
export function useRuleName(): (field: string) => string {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (field) => (field === EVERY_FIELD ? t('rules.everyField') : nameOf(field));
}
