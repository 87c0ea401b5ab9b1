import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { Acts, TakeBackForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { InBooks } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';

type Transfer = ReplyOf<'getBankTransfer'>;

/** One end: the account, and whether its bank has told of the transfer. */
function End(props: {
  readonly account: string;
  readonly name: string;
  readonly line: string | null;
}): ReactNode {
  const { account, name, line } = props;
  const { t } = useTranslation();
  return (
    <>
      <InBooks list="bank-accounts" id={account}>
        {name}
      </InBooks>{' '}
      <span className="rialto-status" data-tone={line === null ? 'warn' : 'good'}>
        {t(line === null ? 'erp.bank.notOnStatement' : 'erp.bank.onStatement')}
      </span>
    </>
  );
}

/** What left, what arrives, and what the banks told of both. */
function Ends({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation();
  const { currency: ours } = useEntity();
  const { currency, arrivingCurrency, text, reversedOn, reason } = of;
  const isForeign = currency !== arrivingCurrency;
  const inOurs = (amount: string): ReactNode => <Amount of={{ amount, currency: ours }} />;
  return (
    <Card title={t('order.facts')}>
      <Facts
        of={[
          [
            t('erp.field.fromAccount'),
            <End key="from" account={of.from} name={of.fromCode} line={of.leftLine} />,
          ],
          [
            t('erp.field.toAccount'),
            <End key="to" account={of.to} name={of.toCode} line={of.arrivedLine} />,
          ],
          [t('erp.field.companyAmount'), currency === ours ? undefined : inOurs(of.companyAmount)],
          [
            t('erp.field.exchangeDifference'),
            isForeign ? inOurs(of.exchangeDifference) : undefined,
          ],
          [t('erp.field.text'), text === '' ? undefined : text],
          [
            t('erp.standing.reversed'),
            reversedOn === null ? undefined : <Day key="reversed" of={reversedOn} />,
          ],
          [t('erp.field.reason'), reason ?? undefined],
        ]}
      />
    </Card>
  );
}

/** One transfer between accounts of ours, its entries and statements drawn. */
export function BankTransfer({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const params = { entity: code, id };
  const found = useBooks('getBankTransfer', { params });
  const mayPost = useMay('banking:post');
  return (
    <Async of={loadable(found)}>
      {(of) => {
        const { amount, currency, arrivingAmount, arrivingCurrency } = of;
        const isUntold = of.leftLine === null && of.arrivedLine === null;
        const isOpen = of.status === 'in-transit' && isUntold;
        const arriving = { amount: arrivingAmount, currency: arrivingCurrency };
        return (
          <ObjectPage
            list="bank-transfers"
            kind="bank-transfer"
            title={t('erp.kind.bank-transfer')}
            standing={of.status}
            of={of}
            tiles={[
              [t('erp.field.amount'), <Amount key="amount" of={{ amount, currency }} />],
              [t('erp.field.arriving'), <Amount key="arriving" of={arriving} />],
              [t('erp.field.fromAccount'), of.fromCode],
              [t('erp.field.toAccount'), of.toCode],
              [t('erp.field.postedOn'), <Day key="on" of={of.on} />],
            ]}
            acts={
              <Acts>
                {mayPost && isOpen ? (
                  <TakeBackForm
                    title={t('erp.act.reverseTransfer')}
                    about={t('erp.act.reverseTransferAbout')}
                    act={({ key, ...body }) =>
                      callBooks('reverseBankTransfer', { params, body, key })
                    }
                  />
                ) : null}
              </Acts>
            }
          >
            <Ends of={of} />
          </ObjectPage>
        );
      }}
    </Async>
  );
}
