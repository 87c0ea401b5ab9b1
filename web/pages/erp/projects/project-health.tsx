import type { ReactNode } from 'react';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';

/** How a project stands today: what it was to cost, has cost and will, and how much is done. */
export function ProjectHealth(props: {
  readonly project: string;
  readonly currency: string;
}): ReactNode {
  const { project, currency } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { code } = useEntity();
  const on = useToday();
  const query = { project, on };
  const health = useBooks('getProjectHealth', { params: { entity: code }, query }).data;
  if (health === undefined) return null;
  const amount = (value: string): ReactNode => <Amount of={{ amount: value, currency }} />;
  const index = (value: string | null): string => (value === null ? '' : format.decimal(value));
  return (
    <Card title={t('erp.health.title')}>
      <Facts
        of={[
          [t('erp.health.done'), `${format.decimal(health.percentComplete)} %`],
          [t('erp.health.budget'), amount(health.budgetAtCompletion)],
          [t('erp.health.actual'), amount(health.actualCost)],
          [t('erp.health.forecast'), amount(health.estimateAtCompletion)],
          [t('erp.health.variance'), amount(health.varianceAtCompletion)],
          [t('erp.health.available'), amount(health.available)],
          [t('erp.health.plannedRevenue'), amount(health.plannedRevenue)],
          [t('erp.health.revenue'), amount(health.revenue)],
          [t('erp.health.cpi'), index(health.costPerformance)],
          [t('erp.health.spi'), index(health.schedulePerformance)],
          [t('erp.health.baselineEnd'), <Day key="base" of={health.baselineEndsOn} />],
          [t('erp.health.end'), <Day key="end" of={health.endsOn} />],
        ]}
      />
    </Card>
  );
}
