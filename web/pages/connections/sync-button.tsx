import type { ReactNode } from 'react';
import type { Run } from '#api-contract';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { useTranslation } from '../../shared/i18n.ts';

/** Starts reading a source, or stops what is running. */
export function SyncButton(props: {
  readonly name: string;
  readonly running: Run | undefined;
  readonly full?: boolean;
  readonly acceptDeletions?: boolean;
}): ReactNode {
  const { name, running, full = false, acceptDeletions = false } = props;
  const { t } = useTranslation();
  if (running !== undefined) {
    return (
      <ActButton
        text={t('integrations.cancel')}
        label={t('integrations.cancelRun', { name })}
        act={() => call('cancelRun', { params: { id: running.id } })}
      />
    );
  }
  return (
    <ActButton
      main
      text={t('integrations.start')}
      label={t('integrations.startRun', { name })}
      act={() => call('startRun', { params: { name }, body: { full, acceptDeletions } })}
    />
  );
}
