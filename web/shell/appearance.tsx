import { ActionIcon, Group, Menu, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import IconDevice from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs';
import IconLanguage from '@tabler/icons-react/dist/esm/icons/IconLanguage.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, isLanguage, LANGUAGES, useLanguage } from '../shared/i18n.ts';

const SCHEMES = [
  { name: 'light', icon: IconSun },
  { name: 'dark', icon: IconMoon },
  { name: 'auto', icon: IconDevice },
] as const satisfies readonly { name: MantineColorScheme; icon: unknown }[];

function SchemeMenu(): ReactNode {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = SCHEMES.find((one) => one.name === colorScheme)?.icon ?? IconDevice;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size={34} color="gray" aria-label={t('shell.appearance')}>
          <Current size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ name, icon: Icon }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon size={16} />}
            aria-current={name === colorScheme}
            onClick={() => setColorScheme(name)}
          >
            {t(`shell.scheme.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageMenu(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size={34} color="gray" aria-label={t('shell.language')}>
          <IconLanguage size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <Menu.Item
            key={code}
            lang={code}
            aria-current={code === language}
            onClick={() => {
              if (isLanguage(code)) void chooseLanguage(code);
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The reader's own choices: language, light or dark. */
export function Appearance(): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      <LanguageMenu />
      <SchemeMenu />
    </Group>
  );
}
