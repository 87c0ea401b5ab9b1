import IconBuilding from '@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconPackage from '@tabler/icons-react/dist/esm/icons/IconPackage.mjs';
import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconFileInvoice.mjs';
import IconShield from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconLog from '@tabler/icons-react/dist/esm/icons/IconListCheck.mjs';
import IconTransfer from '@tabler/icons-react/dist/esm/icons/IconTransfer.mjs';
import IconMailX from '@tabler/icons-react/dist/esm/icons/IconMailX.mjs';
import IconArrows from '@tabler/icons-react/dist/esm/icons/IconArrowsDiff.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconStack from '@tabler/icons-react/dist/esm/icons/IconStack2.mjs';
import IconFork from '@tabler/icons-react/dist/esm/icons/IconGitFork.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import type { Permission } from '#api-contract';
import { useServer } from '../api/ask-server.ts';

/** The pages of the product in the order of the side bar; `key` is the letter after g. */
export const PAGES = [
  { name: 'ask', to: '/', icon: IconMessage, key: 'a', group: 'answers', needs: 'questions:ask' },
  {
    name: 'suppliers',
    to: '/suppliers',
    icon: IconBuilding,
    key: 's',
    group: 'records',
    needs: 'records:read',
  },
  {
    name: 'items',
    to: '/items',
    icon: IconPackage,
    key: 'i',
    group: 'records',
    needs: 'records:read',
  },
  {
    name: 'orders',
    to: '/purchase-orders',
    icon: IconReceipt,
    key: 'p',
    group: 'records',
    needs: 'records:read',
  },
  {
    name: 'integrations',
    to: '/integrations',
    icon: IconPlug,
    key: 'c',
    group: 'sources',
    needs: 'integrations:read',
  },
  {
    name: 'schedules',
    to: '/schedules',
    icon: IconClock,
    key: 'h',
    group: 'sources',
    needs: 'integrations:read',
  },
  { name: 'runs', to: '/runs', icon: IconHistory, key: 'r', group: 'sources', needs: 'runs:read' },
  {
    name: 'quarantine',
    to: '/quarantine',
    icon: IconShield,
    key: 'q',
    group: 'sources',
    needs: 'quarantine:read',
  },
  {
    name: 'drift',
    to: '/drift',
    icon: IconArrows,
    key: 'f',
    group: 'sources',
    needs: 'runs:read',
  },
  {
    name: 'transactions',
    to: '/transactions',
    icon: IconTransfer,
    key: 't',
    group: 'sources',
    needs: 'transactions:read',
  },
  {
    name: 'batches',
    to: '/batches',
    icon: IconStack,
    key: 'b',
    group: 'sources',
    needs: 'transactions:read',
  },
  {
    name: 'deadLetters',
    to: '/dead-letters',
    icon: IconMailX,
    key: 'd',
    group: 'sources',
    needs: 'transactions:read',
  },
  {
    name: 'conflicts',
    to: '/conflicts',
    icon: IconFork,
    key: 'k',
    group: 'sources',
    needs: 'transactions:read',
  },
  {
    name: 'people',
    to: '/people',
    icon: IconUsers,
    key: 'o',
    group: 'administration',
    needs: 'people:read',
  },
  {
    name: 'audit',
    to: '/audit',
    icon: IconLog,
    key: 'l',
    group: 'administration',
    needs: 'audit:read',
  },
  {
    name: 'warehouse',
    to: '/warehouse',
    icon: IconStack,
    key: 'w',
    group: 'administration',
    needs: 'warehouse:write',
  },
] as const satisfies readonly {
  readonly name: string;
  readonly key: string;
  readonly needs: Permission;
  readonly [more: string]: unknown;
}[];

/** The pages the reader may open. */
export function usePages(): readonly (typeof PAGES)[number][] {
  const allowed = useServer('getSession').data?.permissions ?? [];
  return PAGES.filter(({ needs }) => allowed.includes(needs));
}
