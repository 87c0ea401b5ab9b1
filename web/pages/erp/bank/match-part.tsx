import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Amount } from '../../../shared/figure.tsx';
import { useAccountName } from '../accounts.ts';
import { useColumnKit } from '../columns.tsx';
import { DocumentLink, PartyLink } from '../links.tsx';
import { OpenItemLink } from '../open-item-link.tsx';

type Part = ReplyOf<'listBankProposals'>['items'][number]['parts'][number];

/** What one part of an explanation says: what it pays, what was posted already, or which account. */
export function MatchPart(props: { readonly of: Part; readonly currency: string }): ReactNode {
  const { of, currency } = props;
  const { t } = useColumnKit();
  const nameOf = useAccountName();
  switch (of.kind) {
    case 'items':
      return (
        <p>
          {t('erp.bank.pays')}{' '}
          {of.items.map(({ item, discount }, at) => (
            <span key={item}>
              {at === 0 ? '' : ', '}
              <OpenItemLink side={of.side} id={item} />
              {discount === undefined ? null : (
                <span className="rialto-dim">
                  {' '}
                  ({t('erp.bank.lessDiscount')} <Amount of={{ amount: discount, currency }} />)
                </span>
              )}
            </span>
          ))}{' '}
          · <PartyLink id={of.party} side={of.side === 'receivable' ? 'customers' : 'suppliers'} />
        </p>
      );
    case 'booked':
      return (
        <p>
          {t('erp.bank.booked')}{' '}
          <DocumentLink kind="journal-entry" id={of.entry} number={t('erp.kind.journal-entry')} />
        </p>
      );
    case 'account':
      return (
        <p>
          {of.account === undefined
            ? t('erp.bank.fees')
            : `${of.account} ${nameOf(of.account) ?? ''}`}{' '}
          <Amount of={{ amount: of.amount, currency }} />
        </p>
      );
  }
}
