import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useLanguage } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DocumentLink, InBooks, PartyLink } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';
import { OpenItemLink } from '../open-item-link.tsx';

type Notice = ReplyOf<'getDunningNotice'>;
type Item = Notice['items'][number];

function Items({ of }: { readonly of: Notice }): ReactNode {
  const kit = useColumnKit();
  const documentOf = ({ item }: Item): ReactNode => <OpenItemLink side="receivable" id={item} />;
  return (
    <Card title={kit.t('erp.dunned')}>
      <DataTable
        label={kit.t('erp.dunned')}
        rows={of.items}
        keyOf={({ item }) => item}
        columns={[
          kit.own<Item>('erp.field.document', documentOf),
          kit.quantity<Item>('erp.field.level', ({ level }) => String(level)),
          kit.amount<Item>(
            'erp.field.amount',
            ({ amount }) => amount,
            () => of.currency,
          ),
        ]}
      />
    </Card>
  );
}

/** One reminder as it was sent: its words, what it asks for, and its fee. */
export function DunningNotice({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code, currency } = useEntity();
  const language = useLanguage();
  const notice = useBooks('getDunningNotice', { params: { entity: code, id } });
  return (
    <Async of={loadable(notice)}>
      {(of) => (
        <ObjectPage
          list="dunning-notices"
          kind="dunning-notice"
          title={t('erp.kind.dunning-notice')}
          of={of}
          tiles={[
            [
              t('erp.field.amount'),
              <Amount key="sum" of={{ amount: of.amount, currency: of.currency }} />,
            ],
            [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
            [t('erp.field.sentOn'), <Day key="sent" of={of.sentOn} />],
            [t('erp.field.fee'), <Amount key="fee" of={{ amount: of.fee, currency }} />],
          ]}
        >
          <Card
            title={t('erp.letter')}
            aside={
              <InBooks list="dunning-runs" id={of.run}>
                {t('erp.kind.dunning-run')}
              </InBooks>
            }
          >
            <p className="erp-note">{of.text[language]}</p>
            {of.feeEntry === null ? null : (
              <p className="erp-note">
                {t('erp.field.fee')}:{' '}
                <DocumentLink
                  kind="journal-entry"
                  id={of.feeEntry}
                  number={t('erp.kind.journal-entry')}
                />
              </p>
            )}
          </Card>
          <Items of={of} />
        </ObjectPage>
      )}
    </Async>
  );
}
