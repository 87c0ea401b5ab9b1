import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Person } from '#api-contract';
import { call } from '../../api/client.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import type { Invitation } from './invite-link.tsx';

/** Shuts someone out or lets them in again, and makes a new link for who lost theirs. */
export function PersonActions(props: {
  readonly of: Person;
  readonly onInvite: (made: Invitation) => void;
}): ReactNode {
  const { of, onInvite } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const params = { id: of.id };
  const again = () => client.invalidateQueries({ queryKey: ['listPeople'] });
  const disabled = of.disabledAt !== undefined;
  const turn = useMutation({
    mutationFn: () => call(disabled ? 'enablePerson' : 'disablePerson', { params }),
    onSettled: again,
  });
  const reset = useMutation({
    mutationFn: () => call('resetPerson', { params }),
    onSuccess: ({ person, path }) => {
      onInvite({ name: person.name, path });
      return again();
    },
  });
  const failed = turn.error ?? reset.error;
  const { name } = of;
  return (
    <>
      <div className="rialto-tools rialto-end">
        {disabled ? null : (
          <Button
            size="xs"
            variant="default"
            loading={reset.isPending}
            onClick={() => reset.mutate()}
            aria-label={t('people.newLinkFor', { name })}
          >
            {t('people.newLink')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={turn.isPending}
          onClick={() => turn.mutate()}
          aria-label={t(disabled ? 'people.enableOne' : 'people.disableOne', { name })}
        >
          {disabled ? t('people.enable') : t('people.disable')}
        </Button>
      </div>
      {failed === null ? null : <Failure error={failed} />}
    </>
  );
}
