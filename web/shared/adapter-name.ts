import en from '../locales/en.json';
import { useTranslation } from './i18n.ts';

const isNamed = (name: string): name is keyof typeof en.adapter => Object.hasOwn(en.adapter, name);

/** Says what an adapter connects; one that is newer than the pages by its own title. */
export function useAdapterName(): (name: string, title?: string) => string {
  const { t } = useTranslation();
  return (name, title = name) => (isNamed(name) ? t(`adapter.${name}`) : title);
}
