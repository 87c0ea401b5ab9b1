import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SupplierDetail } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { call } from '../api/client.ts';
import { AnswerChart } from '../shared/answer/answer-chart.tsx';
import { chartColumns } from '../shared/answer/chart-columns.ts';
import { Async, loadable } from '../shared/async.tsx';
import { Nothing } from '../shared/data-table.tsx';
import { Extensions } from '../shared/extensions.tsx';
import { Card, Facts, Tiles } from '../shared/facts.tsx';
import { Amount, Day } from '../shared/figure.tsx';
import { History, SourceText } from '../shared/history.tsx';
import { useFormat, useLanguage, useTranslation } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';
import { RecentOrders } from '../shared/recent-orders.tsx';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';

function Trend({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const locale = useLanguage();
  const question = t('supplier.spendQuestion', { name });
  const answer = useQuery({
    queryKey: ['askQuestion', { question, locale }],
    queryFn: ({ signal }) => call('askQuestion', { body: { question, locale }, signal }),
  });
  if (answer.data !== undefined && chartColumns(answer.data) === undefined) return null;
  return (
    <Card
      title={t('supplier.trend')}
      aside={
        <TextLink to="/" search={{ q: question }} size="sm">
          {t('ask.openRow')}
        </TextLink>
      }
    >
      <Async of={loadable(answer)}>{(shown) => <AnswerChart answer={shown} />}</Async>
    </Card>
  );
}

function SupplierFacts({ of }: { readonly of: SupplierDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const place = [of.city, of.region].filter((part) => part !== undefined).join(', ');
  const country = of.country === undefined ? undefined : format.country(of.country);
  return (
    <Card title={t('detail.facts')}>
      <Facts
        of={[
          [t('field.number'), of.number],
          [t('field.status'), <StatusMark key="status" status={of.status} />],
          [t('field.preferred'), of.preferred === true ? t('state.yes') : undefined],
          [t('field.category'), of.category],
          [t('field.creditRating'), of.creditRating],
          [t('field.place'), place],
          [t('field.country'), country],
          [t('field.currency'), of.currency],
          [t('field.paymentTerms'), of.paymentTerms],
          [t('field.website'), of.website],
          [t('field.source'), <SourceText key="source" of={of.source} />],
          [t('field.seenAt'), format.moment(of.seenAt)],
        ]}
      />
    </Card>
  );
}

function Orders({ of }: { readonly of: SupplierDetail }): ReactNode {
  const { t } = useTranslation();
  const texts = {
    title: t('supplier.recent'),
    none: t('supplier.noOrders'),
    all: t('supplier.all'),
  };
  const filter = { supplier: of.id };
  return <RecentOrders orders={of.recentOrders} filter={filter} without="supplier" {...texts} />;
}

/** One supplier: who it is, how much we order there, and the newest orders. */
export function SupplierPage(): ReactNode {
  const { id } = useParams({ from: '/suppliers/$id' });
  const { t } = useTranslation();
  const format = useFormat();
  const supplier = useServer('getSupplier', { params: { id } });
  return (
    <>
      <PageHead
        title={supplier.data?.name ?? t('field.supplier')}
        above={
          <TextLink to="/suppliers" className="rialto-crumb">
            {t('nav.suppliers')}
          </TextLink>
        }
      />
      <Async of={loadable(supplier)}>
        {(of) => (
          <div className="rialto-stack">
            <Tiles
              of={[
                [
                  t('supplier.ordered'),
                  of.totals.ordered.length === 0 ? (
                    <Nothing />
                  ) : (
                    of.totals.ordered.map((sum) => <Amount key={sum.currency} of={sum} />)
                  ),
                ],
                [t('supplier.orders'), format.count(of.totals.orderCount)],
                [t('supplier.first'), <Day key="first" of={of.totals.firstOrderOn} />],
                [t('supplier.last'), <Day key="last" of={of.totals.lastOrderOn} />],
              ]}
            />
            {of.totals.orderCount === 0 ? (
              <SupplierFacts of={of} />
            ) : (
              <div className="rialto-columns">
                <SupplierFacts of={of} />
                <Trend name={of.name} />
              </div>
            )}
            <Orders of={of} />
            <Extensions of={of.extensions} />
            <History id={of.id} />
          </div>
        )}
      </Async>
    </>
  );
}
