import en from '../../locales/connections.en.json';
import { useTranslation } from '../../shared/i18n.ts';

const isNamed = (name: string): name is keyof typeof en.setting => Object.hasOwn(en.setting, name);

/** A part of a setting, 'sftp.host', as the pages name it: 'sftpHost'. */
export const joined = (name: string): string =>
  name.replace(/\.([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** 'clientSecret' as people write it: for settings that are newer than the pages. */
const spaced = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** Says what a setting or a secret is called. */
export function useSettingName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const key = joined(name);
    return isNamed(key) ? t(`setting.${key}`) : spaced(key);
  };
}
