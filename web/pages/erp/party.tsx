import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import { Card, Facts, Tiles } from '../../shared/facts.tsx';
import { Amount, Maybe } from '../../shared/figure.tsx';
import { useBooks } from './ask-books.ts';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { ToList } from './links.tsx';
import { BeginNew } from './new-page.tsx';
import { ChangeParty } from './masters/change-party.tsx';
import { MasterHistory } from './master-history.tsx';
import { ObjectHead } from './object-page.tsx';
import { Terms } from './terms.tsx';

type Reply = ReplyOf<'getParty'>;
type Account = Reply['bankAccounts'][number];
type Side = 'customers' | 'suppliers';

const PLACES = {
  customers: { orders: 'sales-orders', invoices: 'customer-invoices', open: 'receivables' },
  suppliers: { orders: 'purchase-orders', invoices: 'supplier-invoices', open: 'payables' },
} as const;

/** The ways from a party to what it ordered, was charged and owes. */
function Ways({ id, side }: { readonly id: string; readonly side: Side }): ReactNode {
  const { t } = useColumnKit();
  const { orders, invoices, open } = PLACES[side];
  const by = { [side === 'customers' ? 'customer' : 'supplier']: id };
  return (
    <div className="erp-ways">
      <BeginNew list={orders} by={by} />
      <ToList list={orders} by={by}>
        {t(`erp.list.${orders}`)}
      </ToList>
      <ToList list={invoices} by={by}>
        {t(`erp.list.${invoices}`)}
      </ToList>
      <ToList list={open} by={{ party: id }}>
        {t(`erp.list.${open}`)}
      </ToList>
    </div>
  );
}

function BankAccounts({ of }: { readonly of: readonly Account[] }): ReactNode {
  const kit = useColumnKit();
  if (of.length === 0) return null;
  return (
    <Card title={kit.t('erp.bankAccounts')}>
      <DataTable
        label={kit.t('erp.bankAccounts')}
        rows={of}
        keyOf={({ id }) => id}
        columns={[
          kit.text<Account>('erp.field.iban', ({ iban, accountNumber }) => iban ?? accountNumber),
          kit.text<Account>('erp.field.holder', ({ holder }) => holder),
          kit.day<Account>('erp.field.validFrom', ({ validFrom }) => validFrom),
          kit.day<Account>('erp.field.validTo', ({ validTo }) => validTo),
          kit.standing<Account>(({ verifiedAt }) =>
            verifiedAt === undefined ? 'not-verified' : 'verified',
          ),
        ]}
      />
    </Card>
  );
}

function Party({ id, side }: { readonly id: string; readonly side: Side }): ReactNode {
  const { t, format } = useColumnKit();
  const { code, currency } = useEntity();
  const found = useBooks('getParty', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {({ party: of, bankAccounts, history }) => (
        <>
          <ObjectHead
            list={side}
            title={of.name}
            standing={of.blocks.length > 0 ? 'blocked' : of.status}
          />
          <div className="rialto-stack">
            <Tiles
              of={[
                [t('field.number'), of.number],
                [
                  t('field.country'),
                  <Maybe
                    key="c"
                    text={of.country === undefined ? undefined : format.country(of.country)}
                  />,
                ],
                [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
                [
                  t('erp.field.creditLimit'),
                  <Amount
                    key="limit"
                    of={
                      of.creditLimit === undefined
                        ? undefined
                        : { amount: of.creditLimit, currency }
                    }
                  />,
                ],
              ]}
            />
            <Ways id={id} side={side} />
            <ChangeParty of={of} />
            <Card title={t('order.facts')}>
              <Facts
                of={[
                  [t('erp.field.legalName'), of.legalName],
                  [t('erp.field.address'), of.addresses.map(addressText).join('; ')],
                  [t('erp.field.contacts'), of.contacts.map(({ name }) => name).join(', ')],
                  [t('erp.field.taxIds'), of.taxIds.map(({ value }) => value).join(', ')],
                  [t('erp.field.segment'), of.segment],
                  [t('erp.field.salesperson'), of.salesperson],
                  [t('erp.field.blocks'), of.blockReason],
                ]}
              />
            </Card>
            <BankAccounts of={bankAccounts} />
            <MasterHistory of={history} createdBy={of.createdBy} createdAt={of.createdAt} />
          </div>
        </>
      )}
    </Async>
  );
}

const addressText = (address: Reply['party']['addresses'][number]): string =>
  [address.street, [address.postalCode, address.city].filter(Boolean).join(' '), address.country]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

/** One customer. */
export const Customer = ({ id }: { readonly id: string }): ReactNode => (
  <Party id={id} side="customers" />
);

/** One supplier. */
export const Supplier = ({ id }: { readonly id: string }): ReactNode => (
  <Party id={id} side="suppliers" />
);
