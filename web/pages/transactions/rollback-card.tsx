import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../../api/client.ts';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { JsonView } from '../../shared/json-text.tsx';
import { useOperationName } from '../../shared/operation-name.ts';
import { useSaid } from '../../shared/said.ts';
import { TextLink } from '../../shared/text-link.tsx';

type Answer = ReplyOf<'rollBackBatch'>;
type Confirmed = Pick<Answer['asks'][number], 'id' | 'seen'>;

/** The transaction it is about, by what was to be done and to what. */
function Which({ of }: { readonly of: Answer['undone' | 'refused' | 'asks'][number] }): ReactNode {
  const nameOf = useOperationName();
  return (
    <TextLink to="/transactions/$id" params={{ id: of.id }}>
      {`${nameOf(of.operation)} ${of.businessKey}`}
    </TextLink>
  );
}

/** What was found by looking: a person sees what is there, and says that it is to be taken back too. */
function Question({
  of,
  confirm,
}: {
  readonly of: Answer['asks'][number];
  readonly confirm: (one: Confirmed) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <li>
      <Which of={of} />: {t('rollback.ask')}
      <JsonView label={t('transaction.theirs')} of={of.there} />
      <JsonView label={t('rollback.restores')} of={of.restores} />
      <Button size="xs" variant="default" onClick={() => confirm({ id: of.id, seen: of.seen })}>
        {t('rollback.confirm')}
      </Button>
    </li>
  );
}

function Result({
  of,
  confirm,
}: {
  readonly of: Answer;
  readonly confirm: (one: Confirmed) => void;
}): ReactNode {
  const { t } = useTranslation();
  const sayIt = useSaid();
  const nothing = of.undone.length + of.refused.length + of.asks.length === 0;
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
      {of.asks.length === 0 ? null : (
        <ul className="rialto-plain">
          {of.asks.map((one) => (
            <Question key={one.id} of={one} confirm={confirm} />
          ))}
        </ul>
      )}
      {of.refused.length === 0 ? null : (
        <ul className="rialto-plain">
          {of.refused.map((one) => (
            <li key={one.id}>
              <Which of={one} />: {sayIt({ text: one.why, ...one.said })}
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
    mutationFn: (confirmed: readonly Confirmed[]) =>
      call('rollBackBatch', { params: { id: batch }, body: { confirmed: [...confirmed] } }),
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
            onClick={() => back.mutate([])}
          >
            {t('rollback.submit')}
          </Button>
        </div>
        {back.error === null ? null : <Failure error={back.error} />}
        {back.data === undefined ? null : (
          <Result of={back.data} confirm={(one) => back.mutate([one])} />
        )}
      </div>
    </Card>
  );
}
