import type { ReactNode } from 'react';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { heightOf } from './bars.ts';
import { useEntity } from './entity.ts';

/** How long something owed is overdue: not yet, up to 30, 60, 90 days, longer. */
export const AGES = ['notDue', '1', '2', '3', '4'] as const;

/** How old the sum of what is owed is, as bars; what they say stands below each. */
export function AgeBars(props: {
  readonly sums: readonly string[]; // By age, as `AGES`.
  readonly isSmall?: boolean; // Beside other figures.
}): ReactNode {
  const { sums, isSmall = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useEntity();
  return (
    <dl className="erp-aging" data-small={isSmall ? true : undefined}>
      {AGES.map((age, at) => (
        <div key={age}>
          <dt>{t(`erp.aging.${age}`)}</dt>
          <dd>
            <div className="erp-bar-room" aria-hidden>
              <div
                className="erp-bar"
                data-age={at}
                style={{ blockSize: heightOf(sums[at] ?? '0', sums) }}
              />
            </div>
            <b>
              {isSmall ? format.count(sums[at] ?? '0') : format.amount(sums[at] ?? '0', currency)}
            </b>
          </dd>
        </div>
      ))}
    </dl>
  );
}
