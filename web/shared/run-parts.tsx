import type { ReactNode } from 'react';
import type { Run } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { useKindName } from './record-kind.ts';
import { useSaid } from './said.ts';
import { StatusMark } from './status.tsx';
import { TextLink } from './text-link.tsx';

type Count = 'read' | 'created' | 'changed' | 'unchanged' | 'deleted' | 'quarantined' | 'released';

/** What a run did, over everything it read. */
export const totalOf = (run: Run, name: Count): number =>
  run.entities.reduce((sum, entity) => sum + entity[name], 0);

/** How a run ended; one that could not read everything does not pass for done. */
export function RunStatus({ run }: { readonly run: Run }): ReactNode {
  const { status, notReady } = run;
  if (status === 'done' && notReady.length > 0) return <StatusMark status="incomplete" />;
  return <StatusMark status={status === 'cancelled' ? 'stopped' : status} />;
}

/** What a run is doing, in the reader's language: 'writing purchase-order' is the server's word. */
function usePhase(): (phase: string) => string {
  const { t } = useTranslation();
  const nameOf = useKindName();
  return (phase) => {
    const [doing, ...words] = phase.split(' ');
    const what = words.join(' ');
    if (doing === 'reading') return t('integrations.phaseReading', { what: nameOf(what) });
    if (doing === 'writing') return t('integrations.phaseWriting', { what: nameOf(what) });
    return t('integrations.phaseLoading');
  };
}

/** How far a run is, while it runs. */
export function RunProgress({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const phaseOf = usePhase();
  if (run.progress === undefined) return null;
  const { done, expected } = run.progress;
  const counts = { phase: phaseOf(run.progress.phase), done: format.count(done) };
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

/** What a run said, in the reader's language as far as it is the server's own words. */
export function useRunMessage(): (run: Run) => string | undefined {
  const sayIt = useSaid();
  return ({ message, said }) => (said === undefined ? message : said.map(sayIt).join(' '));
}

/** What a run did, what it could not do, and where to look next. */
export function RunOutcome(props: {
  readonly run: Run;
  readonly brief?: boolean; // What stands elsewhere on the page is left out.
}): ReactNode {
  const { run, brief = false } = props;
  const sayIt = useSaid();
  const messageOf = useRunMessage();
  const { t } = useTranslation();
  const format = useFormat();
  const counts = (['created', 'changed', 'deleted', 'quarantined'] as const)
    .map((name) => `${t(`field.${name}`)} ${format.count(totalOf(run, name))}`)
    .join(' · ');
  return (
    <div className="rialto-outcome">
      <span>{counts}</span>
      {run.message === undefined ? null : <span>{messageOf(run)}</span>}
      {run.notReady.length === 0 || brief ? null : (
        <ul className="rialto-plain">
          {run.notReady.map(({ entity, reason, said }) => (
            <li key={entity}>
              <code>{entity}</code>: {sayIt({ text: reason, ...said })}
            </li>
          ))}
        </ul>
      )}
      {totalOf(run, 'quarantined') === 0 || brief ? null : (
        <TextLink to="/quarantine" search={{ integration: run.integration }}>
          {t('integrations.seeQuarantine')}
        </TextLink>
      )}
    </div>
  );
}
