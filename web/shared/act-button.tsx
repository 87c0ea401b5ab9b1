import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';

/** Does something on the server when pressed; then all that is shown is asked for anew. */
export function ActButton(props: {
  readonly text: string;
  readonly label?: string; // Where the text alone does not say what it is done to.
  readonly main?: boolean; // The one thing most people come for.
  readonly act: () => Promise<unknown>;
  readonly onDone?: () => void;
}): ReactNode {
  const { text, label, main = false, act, onDone } = props;
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: act,
    onSuccess: () => onDone?.(),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <>
      <Button
        size="xs"
        variant={main ? 'filled' : 'default'}
        loading={doing.isPending}
        onClick={() => doing.mutate()}
        {...(label === undefined ? {} : { 'aria-label': label })}
      >
        {text}
      </Button>
      {doing.error === null ? null : <Failure error={doing.error} />}
    </>
  );
}
