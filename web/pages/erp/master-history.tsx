import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../shared/facts.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PersonName } from '../../shared/person-name.tsx';

type Change = ReplyOf<'getParty'>['history'][number];

const written = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Who changed what of a party or an item, newest first. */
export function MasterHistory(props: {
  readonly of: readonly Change[];
  readonly createdBy: string;
  readonly createdAt: string;
}): ReactNode {
  const { of, createdBy, createdAt } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useFieldName();
  return (
    <Card title={t('erp.history')}>
      <ol className="erp-history">
        {of.map(({ version, changedBy, changedAt, changes }) => (
          <li key={version}>
            <b>{t('erp.deed.changed')}</b>{' '}
            <span className="rialto-dim">
              <time dateTime={changedAt}>{format.moment(changedAt)}</time> ·{' '}
              <PersonName of={changedBy} />
            </span>
            <ul className="rialto-plain">
              {Object.entries(changes).map(([field, [before, after]]) => (
                <li key={field}>
                  {nameOf(field)}: <del>{written(before)}</del> → <ins>{written(after)}</ins>
                </li>
              ))}
            </ul>
          </li>
        ))}
        <li>
          <b>{t('erp.deed.created')}</b>{' '}
          <span className="rialto-dim">
            <time dateTime={createdAt}>{format.moment(createdAt)}</time> ·{' '}
            <PersonName of={createdBy} />
          </span>
        </li>
      </ol>
    </Card>
  );
}
