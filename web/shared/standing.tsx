import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation } from './i18n.ts';
import { StatusMark } from './status.tsx';
import { TextLink } from './text-link.tsx';

type Health = ReplyOf<'getHealthOf'>;

const FAILED = new Set(['failed', 'interrupted']);

type Reason = { readonly text: string; readonly step?: ReactNode };

type Run = NonNullable<Health['lastRun']>;

/** What is to be said of the last run, with the way to it. */
function useRunReasons(lastRun: Run | undefined): readonly Reason[] {
  const { t } = useTranslation();
  if (lastRun === undefined) return [{ text: t('standing.never'), step: t('standing.toSync') }];
  const isFailed = FAILED.has(lastRun.status);
  if (!isFailed && !lastRun.incomplete) return [];
  const text = isFailed ? t('standing.lastRun') : t('standing.incomplete');
  const step = (
    <TextLink to="/runs/$id" params={{ id: lastRun.id }}>
      {t('standing.toRun')}
    </TextLink>
  );
  return [{ text, step }];
}

/** Since when it cannot be reached, and who stands in for it. */
function useOutageReasons({ outage }: Health): readonly Reason[] {
  const { t } = useTranslation();
  const format = useFormat();
  if (outage === undefined) return [];
  const since = format.moment(outage.since);
  const { fallback } = outage;
  if (fallback === undefined) return [{ text: t('standing.outage', { since }) }];
  const by = { since, name: fallback.name, from: format.moment(fallback.from) };
  return [{ text: t('standing.outageBy', by) }];
}

/** Change logs that are further behind than they should be, or cannot be looked at. */
function useLogReasons({ logs, logsUnknown, integration }: Health, isHere: boolean): Reason[] {
  const { t } = useTranslation();
  const warned = logs.filter(({ warned: isWarned }) => isWarned).map(({ entity }) => entity);
  const step = isHere ? undefined : (
    <TextLink to="/integrations/$name" params={{ name: integration }}>
      {t('standing.toLog')}
    </TextLink>
  );
  return [
    ...(warned.length === 0
      ? []
      : [{ text: t('standing.log', { entities: warned.join(', ') }), step }]),
    ...(logsUnknown === undefined ? [] : [{ text: `${t('standing.logUnknown')}: ${logsUnknown}` }]),
  ];
}

function useReasons(of: Health, isHere: boolean): readonly Reason[] {
  const { t } = useTranslation();
  const { hold, needAPerson, drift, quarantined, integration } = of;
  const ofRun = useRunReasons(of.lastRun);
  const ofOutage = useOutageReasons(of);
  const ofLogs = useLogReasons(of, isHere);
  const search = { integration };
  const held: Reason[] =
    hold === undefined
      ? []
      : [
          {
            text: t('standing.hold', { reason: hold.reason }),
            step: isHere ? undefined : (
              <TextLink to="/integrations/$name" params={{ name: integration }}>
                {t('standing.toRelease')}
              </TextLink>
            ),
          },
        ];
  const counted = [
    {
      count: needAPerson,
      text: t('standing.needAPerson', { count: needAPerson }),
      step: (
        <TextLink to="/dead-letters" search={search}>
          {t('standing.toDeadLetters')}
        </TextLink>
      ),
    },
    {
      count: drift,
      text: t('standing.drift', { count: drift }),
      step: (
        <TextLink to="/drift" search={search}>
          {t('standing.toDrift')}
        </TextLink>
      ),
    },
    {
      count: quarantined,
      text: t('standing.quarantined', { count: quarantined }),
      step: (
        <TextLink to="/quarantine" search={search}>
          {t('integrations.seeQuarantine')}
        </TextLink>
      ),
    },
  ];
  return [...held, ...ofOutage, ...ofRun, ...ofLogs, ...counted.filter(({ count }) => count > 0)];
}

/** Why a connection is not well and what to do, the most pressing first; without `most` on its own page. */
export function Reasons(props: { readonly of: Health; readonly most?: number }): ReactNode {
  const { of, most } = props;
  const { t } = useTranslation();
  const reasons = useReasons(of, most === undefined);
  if (reasons.length === 0) return null;
  const shown = reasons.slice(0, most);
  const rest = reasons.length - shown.length;
  return (
    <ul className="rialto-reasons">
      {shown.map(({ text, step }) => (
        <li key={text}>
          {text}
          {step === undefined ? null : <> · {step}</>}
        </li>
      ))}
      {rest === 0 ? null : (
        <li>
          <TextLink to="/integrations/$name" params={{ name: of.integration }}>
            {t('standing.more', { count: rest })}
          </TextLink>
        </li>
      )}
    </ul>
  );
}

/** How a connection is doing, in a word. */
export function Standing({ of }: { readonly of: Health }): ReactNode {
  return <StatusMark status={of.standing} />;
}
