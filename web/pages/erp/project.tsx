import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { sumOf } from '../../shared/exact.ts';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';
import { ChangeOrders } from './projects/change-orders.tsx';
import { ProjectActs } from './projects/project-acts.tsx';
import { ProjectActuals } from './projects/project-actuals.tsx';
import { ProjectHealth } from './projects/project-health.tsx';

type Reply = ReplyOf<'getProject'>;
type Task = Reply['plan']['tasks'][number];
type Milestone = Reply['plan']['milestones'][number];

const costOf = ({ months }: Task): string => sumOf(months.map(({ cost }) => cost));

function Plan({ of: { plan, reached } }: { readonly of: Reply }): ReactNode {
  const kit = useColumnKit();
  const reachedOn = new Map(reached.map((one) => [one.milestone, one.reachedOn]));
  return (
    <>
      <Card title={kit.t('erp.tasks')}>
        <DataTable
          label={kit.t('erp.tasks')}
          rows={plan.tasks}
          keyOf={({ number }) => number}
          columns={[
            kit.text<Task>('field.number', ({ number }) => number),
            { ...kit.text<Task>('erp.field.name', ({ name }) => name), wide: true, lead: true },
            kit.day<Task>('erp.field.startsOn', ({ startsOn }) => startsOn),
            kit.day<Task>('erp.field.endsOn', ({ endsOn }) => endsOn),
            kit.amount<Task>('erp.field.plannedCost', costOf),
          ]}
        />
      </Card>
      {plan.milestones.length === 0 ? null : (
        <Card title={kit.t('erp.milestones')}>
          <DataTable
            label={kit.t('erp.milestones')}
            rows={plan.milestones}
            keyOf={({ number }) => number}
            columns={[
              kit.text<Milestone>('field.number', ({ number }) => number),
              {
                ...kit.text<Milestone>('erp.field.name', ({ name }) => name),
                wide: true,
                lead: true,
              },
              kit.day<Milestone>('erp.field.plannedOn', ({ plannedOn }) => plannedOn),
              kit.day<Milestone>('erp.field.reachedOn', ({ number }) => reachedOn.get(number)),
              kit.amount<Milestone>('erp.field.amount', ({ amount }) => amount),
            ]}
          />
        </Card>
      )}
    </>
  );
}

/** One project: its plan, what was reached, worked and charged. */
export function Project({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('getProject', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {(reply) => {
        const { project: of, plan } = reply;
        const { currency } = of;
        return (
          <ObjectPage
            list="projects"
            kind="project"
            title={t('erp.kind.project')}
            standing={of.status}
            of={of}
            tiles={[
              [t('erp.field.name'), of.name],
              [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
              [t('erp.field.endsOn'), <Day key="end" of={plan.endsOn} />],
              [t('erp.field.invoiced'), <Amount key="b" of={{ amount: of.billed, currency }} />],
            ]}
            acts={<ProjectActs of={reply} />}
          >
            {of.status === 'draft' ? null : <ProjectHealth project={of.id} currency={currency} />}
            <ChangeOrders project={of.id} currency={currency} />
            <Plan of={reply} />
            <ProjectActuals project={of.id} />
            <Card title={t('order.facts')}>
              <Facts
                of={[
                  [t('field.kind'), t(`erp.projectKind.${of.kind}`)],
                  [t('erp.field.manager'), <PersonName key="manager" of={of.manager} />],
                  [t('erp.field.hours'), format.decimal(of.hours)],
                  [
                    t('erp.field.cost'),
                    <Amount key="cost" of={{ amount: of.timeCost, currency }} />,
                  ],
                  [
                    t('erp.field.unbilled'),
                    <Amount key="unbilled" of={{ amount: of.unbilled, currency }} />,
                  ],
                ]}
              />
            </Card>
          </ObjectPage>
        );
      }}
    </Async>
  );
}
