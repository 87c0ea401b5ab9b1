import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { Failure } from './failure.tsx';
import { useTranslation } from './i18n.ts';

/** A form that does one thing on the server and says how it went; then everything is asked anew. */
export function ActForm(props: {
  readonly label: string;
  readonly submit: string;
  readonly main?: boolean;
  readonly disabled?: boolean;
  readonly done?: string; // Said when it was done. Absent: 'Done'.
  readonly act: () => Promise<unknown>;
  readonly onDone?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { label, submit, main = false, disabled = false, done, act, onDone, children } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: act,
    onSuccess: () => onDone?.(),
    onSettled: () => client.invalidateQueries(),
  });
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    doing.mutate();
  };
  return (
    <form onSubmit={send} className="rialto-form" aria-label={label}>
      {children}
      {doing.error === null ? null : <Failure error={doing.error} />}
      {doing.isSuccess ? (
        <p role="status" className="rialto-good">
          ✓ {done ?? t('state.done')}
        </p>
      ) : null}
      <Button
        type="submit"
        size="xs"
        variant={main ? 'filled' : 'default'}
        loading={doing.isPending}
        disabled={disabled}
      >
        {submit}
      </Button>
    </form>
  );
}
