import { Button } from '@mantine/core';
import IconRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import type { ReactNode } from 'react';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { useUrl } from '../../shared/use-url.ts';

/** How many rows are shown, and the way to the next ones; the browser's way back leads back. */
export function CursorPaging(props: {
  readonly shown: number;
  readonly next: string | undefined;
}): ReactNode {
  const { shown, next } = props;
  const [search, change] = useUrl();
  const { t } = useTranslation();
  const format = useFormat();
  const rows = (
    <span className="rialto-dim" role="status">
      {t('erp.rows', { count: shown, text: format.count(shown) })}
    </span>
  );
  const { after } = search;
  if (next === undefined && after === undefined) return <div className="rialto-paging">{rows}</div>;
  return (
    <nav aria-label={t('list.paging')} className="rialto-paging">
      {rows}
      {after === undefined ? null : (
        <Button variant="default" size="xs" onClick={() => change({ after: undefined })}>
          {t('list.toFirst')}
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        disabled={next === undefined}
        onClick={() => change({ after: next })}
        rightSection={<IconRight size={14} aria-hidden />}
      >
        {t('list.next')}
      </Button>
    </nav>
  );
}
