import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { Failure } from './failure.tsx';
import { Refusals } from './refusals.tsx';
import { useTranslation } from './i18n.ts';

/** A form that does one thing on the server and says how it went; then everything is asked anew. */
export function ActForm(props: {
  readonly label: string;
  readonly submit: string;
  readonly main?: boolean;
  readonly disabled?: boolean;
  readonly done?: string; // Said when it was done. Absent: 'Done'.
  readonly act: () => Promise<unknown>;
  readonly also?: { readonly text: string; readonly act: () => Promise<unknown> }; // Another way to send it.
  readonly onDone?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const {
    label,
    submit,
    main = false,
    disabled = false,
    done,
    act,
    also,
    onDone,
    children,
  } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () => onDone?.(),
    onSettled: () => client.invalidateQueries(),
  });
  const send = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    const isOther = event.nativeEvent.submitter?.dataset['also'] === 'true';
    doing.mutate(isOther && also !== undefined ? also.act : act);
  };
  return (
    <form onSubmit={send} className="rialto-form" aria-label={label}>
      <Refusals error={doing.error}>{children}</Refusals>
      {doing.error === null ? null : <Failure error={doing.error} />}
      {doing.isSuccess ? (
        <p role="status" className="rialto-good">
          ✓ {done ?? t('state.done')}
        </p>
      ) : null}
      <div className="rialto-tools">
        <Button
          type="submit"
          size="xs"
          variant={main ? 'filled' : 'default'}
          loading={doing.isPending}
          disabled={disabled}
        >
          {submit}
        </Button>
        {also === undefined ? null : (
          <Button
            type="submit"
            size="xs"
            variant="default"
            data-also
            disabled={disabled || doing.isPending}
          >
            {also.text}
          </Button>
        )}
      </div>
    </form>
  );
}
