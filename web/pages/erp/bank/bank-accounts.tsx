import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useMay } from '../../../shared/use-may.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { InBooks } from '../links.tsx';
import { WholeList } from '../whole-list.tsx';
import { NewBankAccount } from './new-bank-account.tsx';

type Row = ReplyOf<'listOwnBankAccounts'>['items'][number];

/** Our own accounts at banks. */
export function BankAccounts(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const mayWrite = useMay('banking:write');
  const found = useBooks('listOwnBankAccounts', { params: { entity: code } });
  const nameOf = ({ id, name }: Row): ReactNode => (
    <InBooks list="bank-accounts" id={id}>
      {name}
    </InBooks>
  );
  return (
    <WholeList<Row>
      list="bank-accounts"
      found={found}
      searchLabel={kit.t('erp.search.codeOrName')}
      textOf={(row) => [row.code, row.name, row.iban, row.accountNumber].join(' ')}
      keyOf={({ id }) => id}
      sort="erp.field.name"
      sorts={{
        'erp.field.name': ({ name }) => name,
        'erp.field.code': (row) => row.code,
        'field.currency': ({ currency }) => currency,
      }}
      emptyHint={kit.t('erp.empty.bank-accounts')}
      above={mayWrite ? <NewBankAccount /> : null}
      columns={[
        {
          ...kit.own<Row>('erp.field.name', nameOf),
          wide: true,
        },
        kit.text<Row>('erp.field.code', (row) => row.code),
        kit.text<Row>('erp.field.iban', ({ iban, accountNumber }) => iban ?? accountNumber),
        kit.text<Row>('field.currency', ({ currency }) => currency),
        kit.text<Row>('erp.field.ledgerAccount', ({ ledgerAccount }) => ledgerAccount),
        kit.text<Row>('erp.field.clearingAccount', ({ clearingAccount }) => clearingAccount),
      ]}
    />
  );
}
