import type { ReactNode } from 'react';
import type { Run } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { TextLink } from './text-link.tsx';

type Count = 'read' | 'created' | 'changed' | 'unchanged' | 'deleted' | 'quarantined' | 'released';

/** What a run did, over everything it read. */
export const totalOf = (run: Run, name: Count): number =>
  run.entities.reduce((sum, entity) => sum + entity[name], 0);

/** How far a run is, while it runs. */
export function RunProgress({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (run.progress === undefined) return null;
  const { phase, done, expected } = run.progress;
  const counts = { phase, done: format.count(done) };
  const text =
    expected === undefined
      ? t('integrations.progressOpen', counts)
      : t('integrations.progress', { ...counts, expected: format.count(expected) });
  return (
    <div className="rialto-progress">
      <span>{text}</span>
      <progress
        aria-label={text}
        {...(expected === undefined || expected === 0
          ? {}
          : { max: expected, value: Math.min(done, expected) })}
      />
    </div>
  );
}

/** What a run did, what it could not do, and where to look next. */
export function RunOutcome({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = (['created', 'changed', 'deleted', 'quarantined'] as const)
    .map((name) => `${t(`field.${name}`)} ${format.count(totalOf(run, name))}`)
    .join(' · ');
  return (
    <div className="rialto-outcome">
      <span>{counts}</span>
      {run.message === undefined ? null : <span>{run.message}</span>}
      {run.notReady.map(({ entity, reason }) => (
        <span key={entity} className="rialto-dim">
          {t('integrations.notReady')}: {entity} ({reason})
        </span>
      ))}
      {totalOf(run, 'quarantined') === 0 ? null : (
        <TextLink to="/quarantine" search={{ integration: run.integration }}>
          {t('integrations.seeQuarantine')}
        </TextLink>
      )}
    </div>
  );
}
