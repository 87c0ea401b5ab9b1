import type { ReactNode } from 'react';
import type { QueryOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { ExchangeView } from '../../shared/exchange-view.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { ChoiceBox } from '../../shared/list-filters.tsx';
import { Paging } from '../../shared/paging.tsx';
import { useUrl } from '../../shared/use-url.ts';

/** What went over the wire in a run. Looking at it leaves its line in the audit log. */
export function ExchangesCard({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const [{ failed, page, pageSize }] = useUrl();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
  const query = { failed, page, pageSize } as unknown as QueryOf<'listExchanges'>;
  const found = useServer('listExchanges', { params: { id }, query }, { keep: true });
  const values = (['true', 'false'] as const).map((value) => ({
    value,
    label: t(`exchange.failed.${value}`),
  }));
  return (
    <Card title={t('run.exchanges')}>
      <div className="rialto-source">
        <ChoiceBox choice={{ name: 'failed', label: t('exchange.outcome'), values }} />
        <Async
          of={loadable(found)}
          isEmpty={({ items }) => items.length === 0}
          empty={<Empty title={t('exchange.empty')} hint={t('exchange.emptyHint')} />}
        >
          {({ items, ...paged }) => (
            <>
              {items.map((one) => (
                <ExchangeView key={one.id} of={one} />
              ))}
              <Paging of={{ items, ...paged }} />
            </>
          )}
        </Async>
      </div>
    </Card>
  );
}
