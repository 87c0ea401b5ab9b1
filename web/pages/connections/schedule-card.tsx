import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Schedule } from '#api-contract/connection';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { ActForm } from '../../shared/act-form.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { Card } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { useCronWords } from './cron-words.ts';

const COMMON = ['*/15 * * * *', '0 * * * *', '30 2 * * *', '0 6 * * 1-5'] as const;

function Now({ of }: { readonly of: Schedule | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useCronWords();
  if (of === null) return <p className="rialto-dim">{t('schedule.none')}</p>;
  const { cron, timeZone, paused, nextAt } = of;
  return (
    <p>
      <b>{wordsOf(cron)}</b> <code>{cron}</code> · {t('schedule.zone', { zone: timeZone })} ·{' '}
      {paused
        ? t('schedule.paused')
        : t('schedule.next', { at: format.momentIn(nextAt, timeZone) })}
    </p>
  );
}

function Edit({ name, of }: { readonly name: string; readonly of: Schedule | null }): ReactNode {
  const { t } = useTranslation();
  const wordsOf = useCronWords();
  const [cron, setCron] = useState(of?.cron ?? COMMON[2]);
  const params = { name };
  const put = (next: string, paused: boolean) =>
    call('putSchedule', { params, body: { cron: next, paused } });
  return (
    <>
      {of === null ? null : (
        <div className="rialto-tools">
          <ActButton
            text={t(of.paused ? 'schedule.resume' : 'schedule.pause')}
            act={() => put(of.cron, !of.paused)}
          />
          <ActButton text={t('schedule.drop')} act={() => call('deleteSchedule', { params })} />
        </div>
      )}
      <details className="rialto-unfolds">
        <summary>{t('schedule.set')}</summary>
        <ActForm
          label={t('schedule.set')}
          submit={t('schedule.save')}
          act={() => put(cron.trim(), of?.paused ?? false)}
        >
          <TextInput
            label={t('schedule.cron')}
            description={t('schedule.cronHint')}
            value={cron}
            onChange={({ currentTarget: { value } }) => setCron(value)}
            spellCheck={false}
            autoComplete="off"
            required
          />
          <p role="status">{wordsOf(cron.trim())}</p>
          <div className="rialto-chips" role="group" aria-label={t('schedule.common')}>
            {COMMON.map((one) => (
              <button key={one} type="button" className="rialto-chip" onClick={() => setCron(one)}>
                {wordsOf(one)}
              </button>
            ))}
          </div>
        </ActForm>
      </details>
    </>
  );
}

/** When a source is read by itself, and how that is changed. */
export function ScheduleCard(props: {
  readonly name: string;
  readonly by: 'byLog' | 'byArrival' | undefined; // What has it read besides.
}): ReactNode {
  const { name, by } = props;
  const { t } = useTranslation();
  const mayWrite = useMay('integrations:write');
  const found = useServer('getSchedule', { params: { name } });
  return (
    <Card title={t('schedule.title')}>
      <Async of={loadable(found)} rows={2}>
        {({ schedule }) => (
          <div className="rialto-source">
            {by === undefined ? null : <p>{t(`schedule.${by}`)}</p>}
            {by !== undefined && schedule === null ? null : <Now of={schedule} />}
            {mayWrite ? <Edit key={schedule?.cron ?? ''} name={name} of={schedule} /> : null}
          </div>
        )}
      </Async>
    </Card>
  );
}
