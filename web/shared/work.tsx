import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { useSaid } from './said.ts';

type Work = Pick<NonNullable<ReplyOf<'getRebuild'>['last']>, 'status' | 'progress' | 'failure'>;

/** How far long work is, while it runs: it goes on when the page is closed. */
export function WorkProgress({ of }: { readonly of: Work }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (of.status !== 'running') return null;
  const { done = 0, expected } = of.progress ?? {};
  const text =
    expected === undefined
      ? t('work.done', { done: format.count(done) })
      : t('work.doneOf', { done: format.count(done), expected: format.count(expected) });
  return (
    <div className="rialto-progress">
      <span>
        {text} {t('work.goesOn')}
      </span>
      <progress
        aria-label={text}
        {...(expected === undefined || expected === 0
          ? {}
          : { max: expected, value: Math.min(done, expected) })}
      />
    </div>
  );
}

/** Why long work failed. */
export function WorkFailure({ of }: { readonly of: Work }): ReactNode {
  const told = useSaid();
  return of.failure === undefined ? null : <p className="rialto-bad">{told(of.failure)}</p>;
}
