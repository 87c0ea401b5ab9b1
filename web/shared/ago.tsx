import type { ReactNode } from 'react';
import { useFormat } from './i18n.ts';
import { useNow } from './use-now.ts';

/** How long ago an instant was; exactly when, in its title. */
export function Ago({ at }: { readonly at: string }): ReactNode {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.ago(at, now)}
    </time>
  );
}
