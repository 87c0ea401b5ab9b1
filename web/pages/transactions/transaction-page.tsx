import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import en from '../../locales/en.json';
import { useServer } from '../../api/ask-server.ts';
import { Async, loadable } from '../../shared/async.tsx';
import { ChangedFields } from '../../shared/changed-fields.tsx';
import { Card, Facts, Tiles } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { JsonView } from '../../shared/json-text.tsx';
import { useOperationName } from '../../shared/operation-name.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { refusalOf, useSaid } from '../../shared/said.ts';
import { StatusMark } from '../../shared/status.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useBatchName } from '../../shared/use-batch-name.ts';
import { useMay } from '../../shared/use-may.ts';
import { Decisions } from './decisions.tsx';
import { Story } from './story.tsx';

type Transaction = ReplyOf<'getTransaction'>;

const EVERY_STATE = 'open,settled,decided,withdrawn'; // Of conflicts.

const isWhy = (name: string): name is keyof typeof en.refusal => Object.hasOwn(en.refusal, name);

/** Why it was not booked, or why that is not known, and what helps. */
function Refusal(props: {
  readonly of: NonNullable<Transaction['refusal']>;
  readonly state: Transaction['state'];
}): ReactNode {
  const { of, state } = props;
  const { t } = useTranslation();
  const told = useSaid();
  const heading = t(state === 'uncertain' ? 'transaction.unsure' : 'transaction.refused');
  return (
    <section className="rialto-card rialto-notice" aria-label={heading}>
      <h2>{heading}</h2>
      <p>
        {of.field === undefined ? null : (
          <>
            <code>{of.field}</code>:{' '}
          </>
        )}
        {told(refusalOf(of))}
        {of.code === 'none' || of.said !== undefined ? '' : ` (${of.code})`}
      </p>
      {isWhy(of.why) ? <p className="rialto-dim">{t(`refusal.${of.why}`)}</p> : null}
    </section>
  );
}

const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** What is there beside what we want, where they differ. */
function BothVersions({ of }: { readonly of: Transaction }): ReactNode {
  const { t } = useTranslation();
  if (of.preImage === undefined) return null;
  const [theirs, ours] = [fieldsOf(of.preImage), fieldsOf(of.payload)];
  const differing = [...ours]
    .filter(([field, value]) => JSON.stringify(theirs.get(field)) !== JSON.stringify(value))
    .map(([field, after]) => ({ field, before: theirs.get(field), after }));
  return (
    <Card title={t(of.state === 'conflict' ? 'transaction.conflict' : 'transaction.changes')}>
      {differing.length === 0 ? <p className="rialto-note">{t('transaction.noChanges')}</p> : null}
      {differing.length === 0 ? null : (
        <ChangedFields
          label={t('transaction.conflict')}
          before={t('transaction.theirs')}
          after={t('transaction.ours')}
          of={differing}
        />
      )}
      <details className="rialto-unfolds">
        <summary>{t('transaction.preImage')}</summary>
        <JsonView label={t('transaction.preImage')} of={of.preImage} />
      </details>
    </Card>
  );
}

function More({ of }: { readonly of: Transaction }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const batchName = useBatchName(of.batchId);
  return (
    <Card title={t('detail.facts')}>
      <Facts
        of={[
          [t('transaction.reference'), <code key="reference">{of.reference}</code>],
          [t('transaction.target'), of.target?.key],
          [t('transaction.by'), <PersonName key="by" of={of.by} />],
          [t('transaction.via'), of.via],
          [t('transaction.place'), of.place],
          [t('transaction.createdAt'), format.moment(of.createdAt)],
          [t('transaction.updatedAt'), format.moment(of.updatedAt)],
          [
            t('transaction.nextTryAt'),
            of.nextTryAt === undefined ? undefined : format.moment(of.nextTryAt),
          ],
          [
            t('transaction.batch'),
            of.batchId === undefined ? undefined : (
              <TextLink key="batch" to="/transactions" search={{ batch: of.batchId }}>
                {batchName}
              </TextLink>
            ),
          ],
          [
            t('transaction.undoes'),
            of.undoes === undefined ? undefined : (
              <TextLink key="undoes" to="/transactions/$id" params={{ id: of.undoes }}>
                {of.undoes}
              </TextLink>
            ),
          ],
        ]}
      />
    </Card>
  );
}

/** The conflicts it met, or took the place of another in: both versions are there. */
function Conflicts({ of }: { readonly of: string }): ReactNode {
  const { t } = useTranslation();
  const query = { transaction: of, state: EVERY_STATE };
  const found = useServer('listConflicts', { query });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t('transaction.conflictOf')}>
      <ul className="rialto-reasons rialto-source">
        {items.map(({ id, title, state }) => (
          <li key={id}>
            <StatusMark status={state} /> {title} ·{' '}
            <TextLink to="/conflicts/$id" params={{ id }}>
              {t('transaction.toConflict')}
            </TextLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One transaction: what was wanted, what went over the wire, what came of it, what to do. */
export function TransactionPage(): ReactNode {
  const { id } = useParams({ from: '/transactions/$id' });
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useOperationName();
  const mayWrite = useMay('transactions:write');
  const found = useServer('getTransaction', { params: { id } });
  const title =
    found.data === undefined
      ? t('transaction.title')
      : `${nameOf(found.data.operation)} ${found.data.businessKey}`;
  return (
    <>
      <PageHead
        title={title}
        above={
          <TextLink to="/transactions" className="rialto-crumb">
            {t('nav.transactions')}
          </TextLink>
        }
      />
      <Async of={loadable(found)}>
        {(of) => (
          <div className="rialto-stack">
            <Tiles
              of={[
                [t('field.status'), <StatusMark key="state" status={of.state} />],
                [
                  t('field.integration'),
                  <TextLink
                    key="integration"
                    to="/integrations/$name"
                    params={{ name: of.integration }}
                  >
                    {of.integration}
                  </TextLink>,
                ],
                [t('transaction.resultKey'), of.resultKey ?? '–'],
                [t('transaction.attempts'), format.count(of.attempts)],
              ]}
            />
            {of.refusal === undefined ? null : <Refusal of={of.refusal} state={of.state} />}
            {mayWrite ? <Decisions of={of} /> : null}
            <Conflicts of={of.id} />
            <BothVersions of={of} />
            <Story of={of.story} />
            <Card title={t('transaction.payload')}>
              <JsonView label={t('transaction.payload')} of={of.payload} />
            </Card>
            <More of={of} />
          </div>
        )}
      </Async>
    </>
  );
}
