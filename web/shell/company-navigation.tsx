import { Text } from '@mantine/core';
import IconBank from '@tabler/icons-react/dist/esm/icons/IconBuildingBank.mjs';
import IconBooks from '@tabler/icons-react/dist/esm/icons/IconBook2.mjs';
import IconCompany from '@tabler/icons-react/dist/esm/icons/IconBuildingFactory2.mjs';
import IconPlan from '@tabler/icons-react/dist/esm/icons/IconCalendarStats.mjs';
import IconUpload from '@tabler/icons-react/dist/esm/icons/IconFileUpload.mjs';
import IconRepeat from '@tabler/icons-react/dist/esm/icons/IconRepeat.mjs';
import IconCart from '@tabler/icons-react/dist/esm/icons/IconShoppingCart.mjs';
import IconSales from '@tabler/icons-react/dist/esm/icons/IconCoins.mjs';
import IconStock from '@tabler/icons-react/dist/esm/icons/IconPackages.mjs';
import IconTools from '@tabler/icons-react/dist/esm/icons/IconTools.mjs';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { AREAS } from '../shared/erp-areas.ts';
import { useTranslation } from '../shared/i18n.ts';
import { useUrl } from '../shared/use-url.ts';

const ICONS = {
  sales: IconSales,
  purchasing: IconCart,
  stock: IconStock,
  production: IconTools,
  projects: IconPlan,
  subscriptions: IconRepeat,
  bank: IconBank,
  books: IconBooks,
  imports: IconUpload,
};

/** The way into the books: one place an area; before a legal entity was founded, one place alone. */
export function CompanyNavigation({ onMove }: { readonly onMove: () => void }): ReactNode {
  const { t } = useTranslation();
  const [{ entity }] = useUrl();
  const path = useLocation({ select: (location) => location.pathname });
  const allowed = useServer('getSession').data?.permissions ?? [];
  const entities = useServer('listLegalEntities').data?.items ?? [];
  const open = path.split('/')[2];
  const search = entity === undefined ? {} : { entity };
  const areas = entities.length === 0 ? [] : AREAS;
  return (
    <div>
      <Text className="rialto-nav-group">{t('erp.company')}</Text>
      <Link
        to="/erp"
        search={search}
        activeOptions={{ exact: true, includeSearch: false }}
        className="rialto-nav-link"
        aria-current={path === '/erp' ? 'page' : undefined}
        onClick={onMove}
      >
        <IconCompany size={17} stroke={1.7} aria-hidden />
        {t(entities.length === 0 ? 'erp.found.title' : 'erp.overview')}
      </Link>
      {areas.map(({ name, lists }) => {
        const first = lists.find(({ needs }) => allowed.includes(needs));
        const Icon = ICONS[name];
        return first === undefined ? null : (
          <Link
            key={name}
            to="/erp/$list"
            params={{ list: first.name }}
            search={search}
            className="rialto-nav-link"
            aria-current={lists.some((list) => list.name === open) ? 'page' : undefined}
            onClick={onMove}
          >
            <Icon size={17} stroke={1.7} aria-hidden />
            {t(`erp.area.${name}`)}
          </Link>
        );
      })}
    </div>
  );
}
