import type { ReactNode } from 'react';
import type { BodyOf, ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { Card } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import type { BankAccount } from './bank-account.tsx';
import { MatchByHand } from './match-by-hand.tsx';
import { MatchPart } from './match-part.tsx';

/** What the bank told of an account of ours. */
export type BankLine = ReplyOf<'listBankStatementLines'>['items'][number];
type MatchParts = BodyOf<'matchBankLine'>['parts'];
type Proposal = ReplyOf<'listBankProposals'>['items'][number];

const AT_ONCE = 20; // Lines that are worked on at a time: the oldest first.

/** What may explain a line, why, and the way to say that it does. */
function Proposed(props: {
  readonly of: Proposal;
  readonly line: BankLine;
  readonly account: BankAccount;
  readonly isFirst: boolean;
}): ReactNode {
  const { of, line, account, isFirst } = props;
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayPost = useMay('banking:post');
  return (
    <li className="bank-proposal">
      <div>
        {of.parts.map((part, at) => (
          <MatchPart key={at} of={part} currency={account.currency} />
        ))}
        <span className="rialto-dim">
          {t(of.isExact ? 'erp.bank.exact' : 'erp.bank.likely', { score: Math.round(of.score) })}
          {' · '}
          {of.reasons.map((reason) => t(`erp.bank.reason.${reason}`)).join(', ')}
        </span>
      </div>
      {mayPost ? (
        <BookingButton
          main={isFirst && of.isExact}
          text={t('erp.act.acceptMatch')}
          label={`${t('erp.act.acceptMatch')}: ${line.remittance}`}
          act={(key) =>
            callBooks('matchBankLine', {
              params: { entity: code, id: line.id },
              body: { parts: [...of.parts].map(sendable) },
              key,
            })
          }
        />
      ) : null}
    </li>
  );
}

/** A part as the server takes it: what is not said is left out. */
function sendable(part: Proposal['parts'][number]): MatchParts[number] {
  if (part.kind === 'booked') return part;
  if (part.kind === 'account') {
    const { kind, amount, account, costCentre, text } = part;
    return {
      kind,
      amount,
      ...(account === undefined ? {} : { account }),
      ...(costCentre === undefined ? {} : { costCentre }),
      ...(text === undefined ? {} : { text }),
    };
  }
  const items = part.items.map(({ item, amount, discount }) => ({
    item,
    amount,
    ...(discount === undefined ? {} : { discount }),
  }));
  return { ...part, items };
}

function Waiting(props: {
  readonly line: BankLine;
  readonly proposals: readonly Proposal[];
  readonly account: BankAccount;
}): ReactNode {
  const { line, proposals, account } = props;
  const { t } = useColumnKit();
  const mayPost = useMay('banking:post');
  const { bookedOn, amount, counterparty, counterpartyIban, remittance } = line;
  return (
    <li className="bank-line">
      <div className="bank-line-head">
        <b>{counterparty ?? t('erp.bank.nobodyNamed')}</b>
        <span className="bank-line-amount">
          <Amount of={{ amount, currency: account.currency }} />
        </span>
      </div>
      <p className="rialto-dim">
        <Day of={bookedOn} /> · {[remittance, counterpartyIban].filter(Boolean).join(' · ')}
      </p>
      {proposals.length === 0 ? (
        <p className="rialto-dim">{t('erp.bank.noProposal')}</p>
      ) : (
        <ul className="erp-plain">
          {proposals.map((proposal, at) => (
            <Proposed key={at} of={proposal} line={line} account={account} isFirst={at === 0} />
          ))}
        </ul>
      )}
      {mayPost ? <MatchByHand line={line} account={account} /> : null}
    </li>
  );
}

/** Lines that nothing explains yet, the oldest first, each with what may explain it. */
export function WaitingLines({ of }: { readonly of: BankAccount }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const params = { entity: code, id: of.id };
  const waiting = useBooks('listBankStatementLines', {
    params,
    query: { matched: 'false', sort: 'bookedOn', limit: AT_ONCE },
  });
  const proposed = useBooks('listBankProposals', { params, query: { limit: AT_ONCE } });
  const byLine = Map.groupBy(proposed.data?.items ?? [], ({ line }) => line);
  return (
    <Card title={t('erp.bank.waiting')}>
      <Async
        of={loadable(waiting)}
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty title={t('erp.bank.allMatched')} hint={t('erp.bank.allMatchedHint')} />}
      >
        {({ items, next }) => (
          <>
            <ul className="bank-lines">
              {items.map((line) => (
                <Waiting
                  key={line.id}
                  line={line}
                  proposals={byLine.get(line.id) ?? []}
                  account={of}
                />
              ))}
            </ul>
            {next === undefined ? null : (
              <p className="erp-note rialto-dim">{t('erp.bank.moreWaiting', { count: AT_ONCE })}</p>
            )}
          </>
        )}
      </Async>
    </Card>
  );
}
