import IconBuilding from '@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconPackage from '@tabler/icons-react/dist/esm/icons/IconPackage.mjs';
import IconPlug from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import IconReceipt from '@tabler/icons-react/dist/esm/icons/IconFileInvoice.mjs';
import IconShield from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';

/** The pages of the product in the order of the side bar; `key` is the letter after g. */
export const PAGES = [
  { name: 'ask', to: '/', icon: IconMessage, key: 'a', group: 'answers' },
  { name: 'suppliers', to: '/suppliers', icon: IconBuilding, key: 's', group: 'records' },
  { name: 'items', to: '/items', icon: IconPackage, key: 'i', group: 'records' },
  { name: 'orders', to: '/purchase-orders', icon: IconReceipt, key: 'p', group: 'records' },
  { name: 'integrations', to: '/integrations', icon: IconPlug, key: 'c', group: 'sources' },
  { name: 'quarantine', to: '/quarantine', icon: IconShield, key: 'q', group: 'sources' },
] as const;
