import { ActionIcon } from '@mantine/core';
import IconLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import type { ReactNode } from 'react';
import type { Page } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { useUrl } from './use-url.ts';

const PAGE_SIZE = 50; // The server's own.
const PAGE_SIZES = [25, 50, 100, 200] as const;

/** First, last and total of what is shown, and the way to the next page. */
export function Paging({ of }: { readonly of: Page<unknown> }): ReactNode {
  const [search, change] = useUrl();
  const { t } = useTranslation();
  const format = useFormat();
  const last = Math.max(1, Math.ceil(of.total / of.pageSize));
  const go = (page: number): void => change({ page: page === 1 ? undefined : String(page) });
  const first = (of.page - 1) * of.pageSize;
  const range = t('list.range', {
    from: format.count(of.total === 0 ? 0 : first + 1),
    to: format.count(first + of.items.length),
    total: format.count(of.total),
  });
  if (of.page === 1 && of.total <= PAGE_SIZES[0]) {
    return (
      <p className="rialto-paging rialto-dim" role="status">
        {range}
      </p>
    );
  }
  return (
    <nav aria-label={t('list.paging')} className="rialto-paging">
      <label className="rialto-page-size">
        {t('list.pageSize')}
        <select
          value={search['pageSize'] ?? String(PAGE_SIZE)}
          onChange={({ currentTarget: { value } }) =>
            change({ pageSize: value === String(PAGE_SIZE) ? undefined : value, page: undefined })
          }
        >
          {PAGE_SIZES.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      <span className="rialto-dim" role="status">
        {range}
      </span>
      <ActionIcon
        variant="default"
        size={30}
        disabled={of.page <= 1}
        onClick={() => go(of.page - 1)}
        aria-label={t('list.previous')}
      >
        <IconLeft size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        disabled={of.page >= last}
        onClick={() => go(of.page + 1)}
        aria-label={t('list.next')}
      >
        <IconRight size={16} />
      </ActionIcon>
    </nav>
  );
}
