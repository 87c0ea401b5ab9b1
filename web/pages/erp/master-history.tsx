import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../shared/facts.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PersonName } from '../../shared/person-name.tsx';

type Change = ReplyOf<'getParty'>['history'][number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const written = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Who changed what of a party, an item or an agreement, newest first. */
export function MasterHistory(props: {
  readonly of: readonly Change[];
  readonly createdBy?: string;
  readonly createdAt?: string;
}): ReactNode {
  const { of, createdBy, createdAt } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useFieldName();
  const shown = (value: unknown): string =>
    typeof value === 'string' && DAY.test(value) ? format.day(value) : written(value);
  if (of.length === 0 && createdBy === undefined) return null;
  return (
    <Card title={t(createdBy === undefined ? 'erp.changes.title' : 'erp.history')}>
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
                  {nameOf(field)}: <del>{shown(before)}</del> → <ins>{shown(after)}</ins>
                </li>
              ))}
            </ul>
          </li>
        ))}
        {createdBy === undefined || createdAt === undefined ? null : (
          <li>
            <b>{t('erp.deed.created')}</b>{' '}
            <span className="rialto-dim">
              <time dateTime={createdAt}>{format.moment(createdAt)}</time> ·{' '}
              <PersonName of={createdBy} />
            </span>
          </li>
        )}
      </ol>
    </Card>
  );
}
