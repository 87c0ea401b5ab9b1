import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { InBooks, PartyLink } from '../links.tsx';
import { WholeList } from '../whole-list.tsx';

type Row = ReplyOf<'listPriceLists'>['items'][number];

const codeOf = ({ id, code }: Row): ReactNode => (
  <InBooks list="price-lists" id={id}>
    {code}
  </InBooks>
);

/** Lists of sales prices: for whom and from when each holds. */
export function PriceLists(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('listPriceLists', { params: { entity: code } });
  const forWhom = ({ customer, segment }: Row): ReactNode => {
    if (customer !== undefined) return <PartyLink id={customer} side="customers" />;
    return segment ?? kit.t('erp.forEveryone');
  };
  return (
    <WholeList<Row>
      list="price-lists"
      found={found}
      searchLabel={kit.t('erp.search.codeOrName')}
      textOf={({ code: short, name }) => `${short} ${name}`}
      keyOf={({ id }) => id}
      sort="erp.field.code"
      sorts={{
        'erp.field.code': ({ code: short }) => short,
        'erp.field.name': ({ name }) => name,
        'field.currency': ({ currency }) => currency,
        'erp.field.validFrom': ({ validFrom }) => validFrom,
      }}
      emptyHint={kit.t('erp.empty.price-lists')}
      columns={[
        kit.own<Row>('erp.field.code', codeOf),
        { ...kit.text<Row>('erp.field.name', ({ name }) => name), wide: true, lead: true },
        kit.own<Row>('erp.field.forWhom', forWhom),
        kit.text<Row>('field.currency', ({ currency }) => currency),
        kit.day<Row>('erp.field.validFrom', ({ validFrom }) => validFrom),
        kit.day<Row>('erp.field.validTo', ({ validTo }) => validTo),
      ]}
    />
  );
}
