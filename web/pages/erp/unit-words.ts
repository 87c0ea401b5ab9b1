import { useTranslation } from '../../shared/i18n.ts';
import type { Key } from '../../shared/translate.ts';

/** How units stand behind a figure, in the reader's language. One without a word stands as its code. */
export function useUnitWords(): (unit: string) => string {
  const { t } = useTranslation();
  return (unit) => {
    const key = `erp.unit.${unit}`;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key that is unknown is said itself.
    const said = t(key as Key);
    return said === key ? unit : said;
  };
}
