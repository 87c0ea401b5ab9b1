import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { Card, Facts, Tiles } from '../../../shared/facts.tsx';
import { Amount } from '../../../shared/figure.tsx';
import { NotFound } from '../../../shared/not-found.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { useAccountName } from '../accounts.ts';
import { useBooks } from '../ask-books.ts';
import { Acts } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ObjectHead } from '../object-page.tsx';
import { StatementLines } from './statement-lines.tsx';
import { Statements } from './statements.tsx';
import { UploadStatement } from './upload-statement.tsx';
import { WaitingLines } from './waiting-lines.tsx';

/** An account of ours at a bank. */
export type BankAccount = ReplyOf<'listOwnBankAccounts'>['items'][number];

/** What the bank says, what the books say, and what is between them. */
function Reconciled({ of }: { readonly of: BankAccount }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const found = useBooks('getBankReconciliation', {
    params: { entity: code, id: of.id },
    query: { on: today },
  });
  const money = (amount: string): ReactNode => <Amount of={{ amount, currency: of.currency }} />;
  return (
    <Async of={loadable(found)} rows={2}>
      {({ bankBalance, ledgerBalance, difference, clearing }) => (
        <Tiles
          of={[
            [t('erp.bank.balance'), money(bankBalance)],
            [t('erp.bank.inBooks'), money(ledgerBalance)],
            [t('erp.bank.difference'), money(difference)],
            [
              t('erp.bank.unmatched'),
              <span key="unmatched">
                {format.count(clearing.unmatched.count)} · {money(clearing.unmatched.amount)}
              </span>,
            ],
            [
              t('erp.bank.outstanding'),
              <span key="outstanding">
                {format.count(clearing.outstanding.count)} · {money(clearing.outstanding.amount)}
              </span>,
            ],
          ]}
        />
      )}
    </Async>
  );
}

function Shown({ of }: { readonly of: BankAccount }): ReactNode {
  const { t } = useColumnKit();
  const nameOf = useAccountName();
  const mayPost = useMay('banking:post');
  const { ledgerAccount, clearingAccount } = of;
  return (
    <>
      <ObjectHead list="bank-accounts" title={of.name} />
      <div className="rialto-stack">
        <Reconciled of={of} />
        <Acts>{mayPost ? <UploadStatement of={of} /> : null}</Acts>
        <WaitingLines of={of} />
        <StatementLines of={of} />
        <Statements of={of} />
        <Card title={t('order.facts')}>
          <Facts
            of={[
              [t('erp.field.code'), of.code],
              [t('erp.field.iban'), of.iban ?? of.accountNumber ?? ''],
              ['BIC', of.bic ?? ''],
              [
                t('erp.field.ledgerAccount'),
                `${ledgerAccount} ${nameOf(ledgerAccount) ?? ''}`.trim(),
              ],
              [
                t('erp.field.clearingAccount'),
                `${clearingAccount} ${nameOf(clearingAccount) ?? ''}`.trim(),
              ],
            ]}
          />
        </Card>
      </div>
    </>
  );
}

/** One account of ours: where it stands, what the bank told, and what explains it. */
export function BankAccountPage({ id }: { readonly id: string }): ReactNode {
  const { code } = useEntity();
  const accounts = useBooks('listOwnBankAccounts', { params: { entity: code } });
  return (
    <Async of={loadable(accounts)}>
      {({ items }) => {
        const of = items.find((account) => account.id === id);
        return of === undefined ? <NotFound /> : <Shown of={of} />;
      }}
    </Async>
  );
}
