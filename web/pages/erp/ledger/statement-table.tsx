import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import { useLanguage } from '../../../shared/i18n.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ToList } from '../links.tsx';

/** A line of a balance sheet or an income statement, with its accounts. */
export type StatementRow = ReplyOf<'getBalanceSheet'>['rows'][number];

type Row = Pick<StatementRow, 'name' | 'amount'> & {
  readonly key: string;
  readonly account?: string; // Absent: the line that its accounts stand under.
};

const withAccounts = ({ line, name, amount, accounts }: StatementRow): readonly Row[] => [
  { key: line, name, amount },
  ...accounts.map((each) => ({ key: each.account, ...each })),
];

/** The rows of a statement as they go into a file: lines and accounts. */
export const statementFile = (rows: readonly StatementRow[]): readonly object[] =>
  rows.flatMap(({ line, name, amount, accounts }) => [
    { line, account: '', name: name.en, amount },
    ...accounts.map((each) => ({ line, ...each, name: each.name.en })),
  ]);

/** Lines of a statement, each above its accounts, and what all of them come to. */
export function StatementTable(props: {
  readonly label: string;
  readonly rows: readonly StatementRow[];
  readonly days: Readonly<Record<string, string>>; // Of the postings behind an account.
  readonly sums: readonly { readonly label: string; readonly amount: string }[];
}): ReactNode {
  const { label, rows, days, sums } = props;
  const kit = useColumnKit();
  const language = useLanguage();
  const { currency } = useEntity();
  const nameOf = ({ account, name }: Row): ReactNode =>
    account === undefined ? (
      <strong>{name[language]}</strong>
    ) : (
      <span className="erp-statement-account">
        <ToList list="journal-entries" by={{ ...days, account }}>
          {account}
        </ToList>{' '}
        {name[language]}
      </span>
    );
  const amountOf = ({ account, amount }: Row): ReactNode => {
    const text = kit.format.amount(amount, currency);
    return account === undefined ? <strong>{text}</strong> : text;
  };
  return (
    <DataTable
      label={label}
      columns={[
        { ...kit.own<Row>('erp.field.name', nameOf), title: label, wide: true },
        {
          ...kit.own<Row>('erp.field.amount', amountOf),
          title: `${kit.t('erp.field.amount')} ${currency}`,
          end: true,
        },
      ]}
      rows={rows.flatMap(withAccounts)}
      keyOf={({ key }) => key}
      foot={
        <tfoot>
          {sums.map((sum) => (
            <tr role="row" key={sum.label}>
              <th scope="row">{sum.label}</th>
              <td className="is-end" data-label={kit.t('erp.field.amount')}>
                {kit.format.amount(sum.amount, currency)}
              </td>
            </tr>
          ))}
        </tfoot>
      }
    />
  );
}
