import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { ActButton } from '../../../shared/act-button.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { Person, useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ToList } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';
import { OpenItemLink } from '../open-item-link.tsx';
import { RunActs } from '../run-acts.tsx';

type Run = ReplyOf<'getDunningRun'>;
type Item = Run['items'][number];

/** What a run reminds of; as long as it is a proposal, items may be left out or taken in again. */
function Items({ of }: { readonly of: Run }): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const mayChange = useMay('receivables:post') && of.status === 'proposed';
  const change = (item: Item): ReactNode => (
    <ActButton
      text={kit.t(item.isLeftOut ? 'erp.act.takeIn' : 'erp.act.leaveOut')}
      act={() =>
        callBooks('changeDunningRun', {
          params: { entity: code, id: of.id },
          body: { version: of.version, items: [{ item: item.item, isLeftOut: !item.isLeftOut }] },
        })
      }
    />
  );
  const documentOf = ({ item }: Item): ReactNode => <OpenItemLink side="receivable" id={item} />;
  return (
    <Card title={kit.t('erp.dunned')}>
      <DataTable
        label={kit.t('erp.dunned')}
        rows={of.items}
        keyOf={({ item }) => item}
        rowState={({ isLeftOut }) => (isLeftOut ? 'quiet' : undefined)}
        columns={[
          { ...kit.party<Item>('customers', ({ customer }) => customer), lead: true },
          kit.own<Item>('erp.field.document', documentOf),
          kit.quantity<Item>('erp.field.level', ({ level }) => String(level)),
          kit.quantity<Item>('erp.field.daysOverdue', ({ daysOverdue }) => String(daysOverdue)),
          kit.amount<Item>(
            'erp.field.amount',
            ({ amount }) => amount,
            ({ currency }) => currency,
          ),
          kit.text<Item>('erp.field.leftOutBecause', ({ isLeftOut, leftOutBecause }) => {
            if (!isLeftOut) return null;
            return kit.t(`erp.leftOut.${leftOutBecause ?? 'by-hand'}`);
          }),
          ...(mayChange ? [kit.own<Item>('erp.field.more', change)] : []),
        ]}
      />
    </Card>
  );
}

function DunningRunActs({ of: { id, version, status } }: { readonly of: Run }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayDecide = useMay('receivables:approve');
  const mayPost = useMay('receivables:post');
  const params = { entity: code, id };
  return (
    <RunActs
      status={status}
      mayDecide={mayDecide}
      decide={(decision, key) =>
        callBooks('decideDunningRun', { params, body: { version, decision }, key })
      }
      mayCarryOut={mayPost}
      carryOut={{
        text: t('erp.act.remind'),
        about: t('erp.act.remindAbout'),
        act: (key) => callBooks('executeDunningRun', { params, body: { version }, key }),
      }}
    />
  );
}

/** One dunning run: whom it reminds of what, who is left out and why, and what can be done. */
export function DunningRun({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const run = useBooks('getDunningRun', { params: { entity: code, id } });
  return (
    <Async of={loadable(run)}>
      {(of) => {
        const left = of.items.filter(({ isLeftOut }) => isLeftOut).length;
        return (
          <ObjectPage
            list="dunning-runs"
            title={t('erp.kind.dunning-run')}
            standing={of.status}
            of={of}
            tiles={[
              [t('erp.field.runOn'), <Day key="day" of={of.runOn} />],
              [t('erp.field.reminded'), format.count(of.items.length - left)],
              [t('erp.field.leftOut'), format.count(left)],
              [t('erp.field.approvedBy'), <Person key="by" of={of.approvedBy} />],
            ]}
            acts={<DunningRunActs of={of} />}
          >
            {of.status === 'executed' ? (
              <p className="erp-note">
                <ToList list="dunning-notices" by={{ run: id }}>
                  {t('erp.toNotices')}
                </ToList>
              </p>
            ) : null}
            <Items of={of} />
          </ObjectPage>
        );
      }}
    </Async>
  );
}
