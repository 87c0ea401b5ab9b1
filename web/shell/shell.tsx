import { AppShell, Burger, Group, Kbd, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { openSpotlight } from '@mantine/spotlight';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#api-contract';
import { useLive } from '../api/live.ts';
import { Appearance } from './appearance.tsx';
import { Freshness } from './freshness.tsx';
import { PAGES } from './navigation.ts';
import { Palette } from './palette.tsx';

const isHere = (path: string, to: string): boolean =>
  to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);

/** Puts the focus on the page's heading after a move, so that a screen reader says where one is. */
function useFocusAfterMove(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
  }, [path]);
}

function Navigation({ onMove }: { readonly onMove: () => void }): ReactNode {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  return (
    <nav aria-label={t('shell.navigation')}>
      {PAGES.map(({ name, to, icon: Icon, group }, at) => (
        <div key={name}>
          {PAGES[at - 1]?.group === group ? null : (
            <Text className="rialto-nav-group">{t(`nav.${group}`)}</Text>
          )}
          <NavLink
            component={Link}
            to={to}
            label={t(`nav.${name}`)}
            leftSection={<Icon size={17} stroke={1.7} />}
            active={isHere(path, to)}
            aria-current={isHere(path, to) ? 'page' : undefined}
            onClick={onMove}
          />
        </div>
      ))}
    </nav>
  );
}

function SearchButton(): ReactNode {
  const { t } = useTranslation();
  return (
    <UnstyledButton className="rialto-search" onClick={openSpotlight}>
      <IconSearch size={16} aria-hidden />
      <span>{t('palette.open')}</span>
      <Kbd size="xs">{navigator.userAgent.includes('Mac') ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}

/** What all pages share: where one can go, search, the reader's choices, how fresh the data is. */
export function Shell({ session }: { readonly session: Session }): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const path = useLocation({ select: (location) => location.pathname });
  useLive();
  useFocusAfterMove(path);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className="rialto-skip" href="#main">
        {t('shell.skip')}
      </a>
      <AppShell.Header className="rialto-header">
        <Group gap="xs" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t('shell.menu')}
          />
          <Link to="/" className="rialto-wordmark" aria-label={t('shell.home')}>
            <img src="/icon.svg" alt="" width={22} height={22} /> <span>Rialto</span>
          </Link>
        </Group>
        <SearchButton />
        <Appearance />
      </AppShell.Header>
      <AppShell.Navbar className="rialto-navbar" component="div">
        <Navigation onMove={close} />
        <div className="rialto-navbar-foot">
          <Freshness />
          <Text size="xs" c="dimmed">
            {t('shell.signedInAs', { name: session.person.name })}
          </Text>
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className="rialto-main">
        <Outlet />
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}
