import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';

/** Recomputes the chain of hashes and says whether it holds. */
export function Verify(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const verify = useMutation({ mutationFn: () => call('verifyAudit') });
  const verdict = verify.data;
  return (
    <div className="rialto-verify">
      <Button
        variant="default"
        size="xs"
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('audit.verify')}
      </Button>
      {verify.error === null ? null : <Failure error={verify.error} />}
      <span role="status">
        {verdict === undefined ? null : (
          <>
            <b className={verdict.ok ? 'rialto-good' : 'rialto-bad'}>
              {verdict.ok
                ? `✓ ${t('audit.whole', { events: format.count(verdict.events) })}`
                : `✗ ${t('audit.broken', { at: verdict.brokenAt ?? '?' })}`}
            </b>{' '}
            {verdict.reason ?? ''}
            {verdict.head === undefined ? null : (
              <span className="rialto-dim">
                {' '}
                {t('audit.head')} <code className="rialto-link-text">{verdict.head}</code>
              </span>
            )}
          </>
        )}
      </span>
    </div>
  );
}
