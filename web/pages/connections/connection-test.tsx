import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useSaid } from '../../shared/said.ts';

/** Tries a connection and shows each thing that was tried. */
export function ConnectionTest({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const told = useSaid();
  const test = useMutation({ mutationFn: () => call('testIntegration', { params: { name } }) });
  return (
    <div className="rialto-tools">
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        onClick={() => test.mutate()}
        aria-label={t('integrations.testSource', { name })}
      >
        {t('integrations.test')}
      </Button>
      {test.error === null ? null : <Failure error={test.error} />}
      {test.data === undefined ? null : (
        <ul className="rialto-checks" aria-label={t('integrations.checks')}>
          {test.data.items.map(({ check, ok, detail, said }) => (
            <li key={check}>
              <span className={ok ? 'rialto-good' : 'rialto-bad'}>
                {ok ? `✓ ${t('integrations.passed')}` : `✗ ${t('integrations.refused')}`}
              </span>{' '}
              {told({ text: check, ...said?.check })}: {told({ text: detail, ...said?.detail })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
