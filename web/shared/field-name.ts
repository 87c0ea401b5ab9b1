import en from '../locales/en.json';
import { useTranslation } from './i18n.ts';

const isKnown = (name: string): name is keyof typeof en.field => Object.hasOwn(en.field, name);

/** Says a field in words: `lines[2].unitPrice` is 'Line 2 · Unit price'. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation();
  const nameOf = (name: string): string => (isKnown(name) ? t(`field.${name}`) : name);
  return (field) => {
    if (field === '*') return t('conflict.everything');
    return field
      .split('.')
      .map((step) => {
        const [, list = step, member] = /^([^[]*)\[(.*)\]$/.exec(step) ?? [];
        if (member === undefined) return nameOf(list);
        return `${list === 'lines' ? t('field.line') : nameOf(list)} ${member}`;
      })
      .join(' · ');
  };
}
