import { AppShell, Burger, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useLive } from '../api/live.ts';
import { useTranslation } from '../shared/i18n.ts';
import { withWords } from '../shared/word-lists.ts';
import { useMay } from '../shared/use-may.ts';
import { useKeys } from '../shared/keys.ts';
import { Freshness } from './freshness.tsx';
import { usePages } from './navigation.ts';
import { ConflictCount } from './nav-count.tsx';
import { ReaderMenu } from './reader-menu.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

const loadPalette = async () => ({ default: (await import('./palette.tsx')).Palette });
const Palette = lazy(loadPalette);

const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }));

const CompanyNavigation = lazy(async () => ({
  default: (await withWords('erp', () => import('./company-navigation.tsx'))).CompanyNavigation,
}));

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
  const pages = usePages();
  const inCompany = useMay('company:read');
  return (
    <nav aria-label={t('shell.navigation')}>
      {pages.map(({ name, to, icon: Icon, group }, at) => (
        <div key={name}>
          {pages[at - 1]?.group === group ? null : (
            <Text className="rialto-nav-group">{t(`nav.${group}`)}</Text>
          )}
          <Link
            to={to}
            className="rialto-nav-link"
            aria-current={isHere(path, to) ? 'page' : undefined}
            onClick={onMove}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            {t(`nav.${name}`)}
            {name === 'conflicts' ? <ConflictCount /> : null}
          </Link>
          {pages[at + 1]?.group === group || group !== 'answers' || !inCompany ? null : (
            <Suspense fallback={null}>
              <CompanyNavigation onMove={onMove} />
            </Suspense>
          )}
        </div>
      ))}
    </nav>
  );
}

function SearchButton({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <UnstyledButton className="rialto-search" onClick={onOpen}>
      <IconSearch size={16} aria-hidden />
      <span>{t('palette.open')}</span>
      <Kbd size="xs">{navigator.userAgent.includes('Mac') ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}

type Overlay = 'palette' | 'keys' | undefined;

/** ⌘K opens the palette, ? the key sheet, g and a letter a page. */
function useShellKeys(open: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  const pages = usePages();
  const press = useCallback(
    (key: string, before: string | undefined): boolean => {
      if (key === '?') {
        open('keys');
        return true;
      }
      const page = before === 'g' ? pages.find((one) => one.key === key) : undefined;
      if (page !== undefined) void navigate({ to: page.to });
      return page !== undefined;
    },
    [navigate, open, pages],
  );
  useKeys(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open('palette');
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [open]);
}

/** What all pages share: where one can go, search, the reader's choices, how fresh the data is. */
export function Shell({ session }: { readonly session: ReplyOf<'getSession'> }): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const [overlay, setOverlay] = useState<Overlay>();
  const path = useLocation({ select: (location) => location.pathname });
  const closeOverlay = (): void => setOverlay(undefined);
  useLive();
  useFocusAfterMove(path);
  useKeptFocus();
  useShellKeys(setOverlay);
  useEffect(() => void loadPalette(), []); // It opens at once, and does not delay the first screen.
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
    >
      <a className="rialto-skip" href="#main">
        {t('shell.skip')}
      </a>
      <AppShell.Header className="rialto-header">
        <div className="rialto-brand">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t('shell.menu')}
            aria-expanded={opened}
          />
          <Link to="/" className="rialto-wordmark" aria-label={t('shell.home')}>
            <img src="/icon.svg" alt="" width={22} height={22} /> <span>Rialto</span>
          </Link>
        </div>
        <SearchButton onOpen={() => setOverlay('palette')} />
        <ReaderMenu session={session} onKeys={() => setOverlay('keys')} />
      </AppShell.Header>
      <AppShell.Navbar className="rialto-navbar" component="div">
        <Navigation onMove={close} />
        <div className="rialto-navbar-foot">
          <Freshness />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className="rialto-main">
        <Outlet />
      </AppShell.Main>
      <Suspense fallback={null}>
        {overlay === 'palette' ? <Palette onClose={closeOverlay} /> : null}
        {overlay === 'keys' ? <KeySheet onClose={closeOverlay} /> : null}
      </Suspense>
    </AppShell>
  );
}
