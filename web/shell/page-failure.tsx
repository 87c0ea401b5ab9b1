import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Failure } from '../shared/failure.tsx';
import { useTranslation } from '../shared/i18n.ts';

/** Stands where a page broke or could not be fetched; the shell around it goes on. */
export function PageFailure({ error, reset }: ErrorComponentProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Failure
      error={error instanceof Error ? error : new Error(String(error))}
      action={
        <Button variant="default" size="xs" onClick={reset}>
          {t('state.retry')}
        </Button>
      }
    />
  );
}
