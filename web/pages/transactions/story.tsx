import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import en from '../../locales/en.json';
import { Card } from '../../shared/facts.tsx';
import { exchangeOf, ExchangeView } from '../../shared/exchange-view.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { JsonView } from '../../shared/json-text.tsx';
import { PersonName } from '../../shared/person-name.tsx';

type Line = ReplyOf<'getTransaction'>['story'][number];

const isAction = (name: string): name is keyof typeof en.storyAction =>
  Object.hasOwn(en.storyAction, name);

const isOutcome = (name: string): name is keyof typeof en.storyOutcome =>
  Object.hasOwn(en.storyOutcome, name);

/** A look that finds nothing says that it is not booked; a send, that its target is not there. */
const outcomeOf = ({ action, outcome }: Line): string | undefined =>
  action === 'look' && outcome === 'not-found' ? 'absent' : outcome;

const isSomething = (detail: unknown): boolean =>
  typeof detail === 'object' && detail !== null && Object.keys(detail).length > 0;

function StoryLine({ of, at }: { readonly of: Line; readonly at: number }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const exchanges = of.exchanges.flatMap((one) => exchangeOf(one) ?? []);
  const outcome = outcomeOf(of);
  const action = isAction(of.action) ? t(`storyAction.${of.action}`) : of.action;
  return (
    <li className="rialto-change">
      <b>{action}</b>
      {outcome === undefined ? null : (
        <> → {isOutcome(outcome) ? t(`storyOutcome.${outcome}`) : outcome}</>
      )}{' '}
      <span className="rialto-dim">
        <PersonName of={of.by} /> ·{' '}
        <time dateTime={of.startedAt}>{format.moment(of.startedAt)}</time>
      </span>
      {exchanges.map((one, place) => (
        <ExchangeView key={`${at} ${place}`} of={one} />
      ))}
      {isSomething(of.detail) ? (
        <details className="rialto-unfolds">
          <summary>{t('transaction.detail')}</summary>
          <JsonView label={t('transaction.detail')} of={of.detail} />
        </details>
      ) : null}
    </li>
  );
}

/** What was done for a transaction: each step with the exchanges it took. */
export function Story({ of }: { readonly of: readonly Line[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Card title={t('transaction.story')}>
      {of.length === 0 ? <p className="rialto-note">{t('transaction.noStory')}</p> : null}
      <ol className="rialto-bare">
        {of.map((line, at) => (
          <StoryLine key={`${line.startedAt} ${line.action} ${at}`} of={line} at={at} />
        ))}
      </ol>
    </Card>
  );
}
