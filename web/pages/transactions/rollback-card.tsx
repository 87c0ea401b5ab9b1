import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../../api/client.ts';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { TextLink } from '../../shared/text-link.tsx';

function Result({ of }: { readonly of: ReplyOf<'rollBackBatch'> }): ReactNode {
  const { t } = useTranslation();
  const nothing = of.undone.length === 0 && of.refused.length === 0;
  return (
    <div role="status">
      <p>
        {nothing
          ? t('rollback.nothing')
          : t('rollback.result', { undone: of.undone.length, refused: of.refused.length })}
      </p>
      {of.batchId === undefined ? null : (
        <p>
          <TextLink to="/transactions" search={{ batch: of.batchId }}>
            {t('rollback.seeBatch')}
          </TextLink>
        </p>
      )}
      {of.refused.length === 0 ? null : (
        <ul className="rialto-plain">
          {of.refused.map(({ id, why }) => (
            <li key={id}>
              <TextLink to="/transactions/$id" params={{ id }}>
                {id}
              </TextLink>
              : {why}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Takes a finished batch back by booking the opposite; what the other side has moved on is refused. */
export function RollbackCard({ batch }: { readonly batch: string }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () => call('rollBackBatch', { params: { id: batch } }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Card title={t('rollback.title')}>
      <div className="rialto-source">
        <p className="rialto-dim">{t('rollback.about')}</p>
        <div className="rialto-tools">
          <Button
            size="xs"
            variant="default"
            loading={back.isPending}
            onClick={() => back.mutate()}
          >
            {t('rollback.submit')}
          </Button>
        </div>
        {back.error === null ? null : <Failure error={back.error} />}
        {back.data === undefined ? null : <Result of={back.data} />}
      </div>
    </Card>
  );
}
