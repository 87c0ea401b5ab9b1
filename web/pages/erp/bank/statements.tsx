import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { TextLink } from '../../../shared/text-link.tsx';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import type { BankAccount } from './bank-account.tsx';

type Statement = ReplyOf<'listBankStatements'>['items'][number];

const SHOWN_MOST = 50; // The newest; each line says of which statement it is.

/** The newest statements of an account; each leads to its lines. */
export function Statements({ of }: { readonly of: BankAccount }): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('listBankStatements', {
    params: { entity: code, id: of.id },
    query: { limit: SHOWN_MOST },
  });
  const title = kit.t('erp.bank.statements');
  const currencyOf = (): string => of.currency;
  const linesOf = ({ id, reference }: Statement): ReactNode => (
    <TextLink
      to="/erp/$list/$id"
      params={{ list: 'bank-accounts', id: of.id }}
      search={{ entity: code, statement: id }}
      resetScroll={false}
    >
      {reference}
    </TextLink>
  );
  return (
    <Card title={title}>
      <Async
        of={loadable(found)}
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty title={kit.t('erp.bank.noLines')} hint={kit.t('erp.bank.noLinesHint')} />}
      >
        {({ items }) => (
          <DataTable
            label={title}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              kit.own<Statement>('field.number', linesOf),
              kit.day<Statement>('erp.field.validFrom', ({ fromOn }) => fromOn),
              kit.day<Statement>('erp.field.validTo', ({ toOn }) => toOn),
              kit.amount<Statement>('erp.field.opening', ({ opening }) => opening, currencyOf),
              kit.amount<Statement>('erp.field.closing', ({ closing }) => closing, currencyOf),
              kit.text<Statement>('erp.bank.format', ({ source }) =>
                source === 'manual' ? kit.t('erp.entry.manual') : source.toUpperCase(),
              ),
            ]}
          />
        )}
      </Async>
    </Card>
  );
}
