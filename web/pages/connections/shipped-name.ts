import en from '../../locales/connections.en.json';
import { useTranslation } from '../../shared/i18n.ts';

const isNamed = (name: string): name is keyof typeof en.shippedName =>
  Object.hasOwn(en.shippedName, name);

/** Says what a profile or a mapping that ships with Rialto is for, with its name. */
export function useShippedName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (isNamed(name) ? `${t(`shippedName.${name}`)} · ${name}` : name);
}
