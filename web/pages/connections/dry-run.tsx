import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { call } from '../../api/client.ts';
import { ChangedFields } from '../../shared/changed-fields.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { Failure } from '../../shared/failure.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { JsonView } from '../../shared/json-text.tsx';
import type { JsonValue } from '../../shared/json-text.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { useKindName } from '../../shared/record-kind.ts';
import { useSaid } from '../../shared/said.ts';
import { WorkFailure, WorkProgress } from '../../shared/work.tsx';

type Work = NonNullable<ReplyOf<'getDryRun'>['last']>;
type DryRun = NonNullable<Work['result']>;
type Kind = DryRun['kinds'][number];
type Sample = DryRun['samples'][number];

const COUNTS = ['read', 'created', 'changed', 'unchanged', 'deleted', 'quarantined'] as const;
const OPEN_UP_TO = 6; // So few are shown at once; more are unfolded by kind.
const AMOUNTS = [100, 1_000, 10_000] as const;

function SampleView({ of }: { readonly of: Sample }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useKindName();
  const nameOfField = useFieldName();
  const sayIt = useSaid();
  const { kind, key, fields = [], content, reasons = [] } = of;
  return (
    <details className="rialto-unfolds">
      <summary>
        {nameOf(kind)} <code>{key}</code>
      </summary>
      {reasons.length === 0 ? null : (
        <ul className="rialto-plain">
          {reasons.map(({ field = '', reason, said }) => (
            <li key={`${field} ${reason}`}>
              {field === '' ? '' : `${nameOfField(field)}: `}
              {sayIt({ text: reason, ...said })}
            </li>
          ))}
        </ul>
      )}
      {fields.length === 0 ? null : (
        <ChangedFields
          label={t('dryRun.changes', { key })}
          before={t('dryRun.before')}
          after={t('dryRun.after')}
          of={fields}
        />
      )}
      {content === undefined ? null : (
        <JsonView label={t('dryRun.content', { key })} of={content} />
      )}
    </details>
  );
}

function Result({ of }: { readonly of: DryRun }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useKindName();
  const columns: readonly Column<Kind>[] = [
    { name: 'kind', title: t('field.what'), cell: (row) => nameOf(row.kind) },
    ...COUNTS.map(
      (name): Column<Kind> => ({
        name,
        title: t(`field.${name}`),
        end: true,
        cell: (row) => format.count(row[name]),
      }),
    ),
  ];
  return (
    <div role="status" aria-label={t('dryRun.result')}>
      {of.notReady.length === 0 ? (
        <p className="rialto-note">{t(of.whole ? 'dryRun.whole' : 'dryRun.part')}</p>
      ) : (
        <NotReadyList of={of.notReady} />
      )}
      <DataTable
        label={t('dryRun.result')}
        columns={columns}
        rows={of.kinds}
        keyOf={({ kind }) => kind}
      />
      {of.samples.length === 0 ? null : <Samples of={of.samples} />}
    </div>
  );
}

/** What could not be read: whatever needs it was left out. */
function NotReadyList({ of }: { readonly of: DryRun['notReady'] }): ReactNode {
  const { t } = useTranslation();
  const sayIt = useSaid();
  return (
    <div className="rialto-source">
      <p>{t('dryRun.notReady')}</p>
      <ul className="rialto-plain">
        {of.map(({ entity, reason, said }) => (
          <li key={entity}>
            <code>{entity}</code>: {sayIt({ text: reason, ...said })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Records that were looked at, by kind and by what would become of them. */
function Samples({ of }: { readonly of: readonly Sample[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useKindName();
  const groups = Map.groupBy(of, ({ kind, what }) => `${what} ${kind}`);
  return (
    <div className="rialto-source">
      <h3>{t('dryRun.samples')}</h3>
      {[...groups].map(([name, samples]) => (
        <details
          key={name}
          className="rialto-unfolds rialto-group"
          open={of.length <= OPEN_UP_TO || undefined}
        >
          <summary>
            {samples.slice(0, 1).map(({ kind, what }) => `${nameOf(kind)}: ${t(`field.${what}`)}`)}{' '}
            ({format.count(samples.length)})
          </summary>
          <div className="rialto-inner">
            {samples.map((sample) => (
              <SampleView key={sample.key} of={sample} />
            ))}
          </div>
        </details>
      ))}
    </div>
  );
}

/** How the last dry run stands; where it stopped, that it did. */
function Standing({ of }: { readonly of: Work }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="status">
      <WorkProgress of={of} />
      <WorkFailure of={of} />
      {of.status === 'cancelled' ? <p className="rialto-dim">{t('dryRun.cancelled')}</p> : null}
      {of.status === 'done' ? (
        <p className="rialto-dim">
          <PersonName of={of.by} /> ·{' '}
          <time dateTime={of.startedAt}>{format.moment(of.startedAt)}</time>
        </p>
      ) : null}
    </div>
  );
}

/** The last dry run of a source, asked for again while it runs, whoever began it. */
function useLast(name: string) {
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ['getDryRun', { name }],
    queryFn: ({ signal }) => call('getDryRun', { params: { name }, signal }),
    refetchInterval: ({ state }) => (state.data?.last?.status === 'running' ? 700 : false),
  });
  const asked = () => client.invalidateQueries({ queryKey: ['getDryRun'] });
  const cancel = useMutation({
    mutationFn: () => call('cancelDryRun', { params: { name } }),
    onSettled: asked,
  });
  return { last: found.data?.last ?? null, cancel, asked };
}

/** Shows what a sync would do, with the mapping in force or another one. Nothing is kept. */
export function DryRunCard(props: {
  readonly name: string;
  readonly title: string;
  readonly pack?: JsonValue | undefined; // A mapping to try.
  readonly disabled?: boolean;
}): ReactNode {
  const { name, title, pack, disabled = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [most, setMost] = useState<string>(String(AMOUNTS[0]));
  const { last, cancel, asked } = useLast(name);
  const running = last?.status === 'running';
  const attempt = useMutation({
    mutationFn: () =>
      call('startDryRun', {
        params: { name },
        body: {
          ...(pack === undefined ? {} : { pack }),
          ...(most === '' ? {} : { documentsMax: Number(most) }),
        },
      }),
    onSettled: asked,
  });
  return (
    <Card title={title}>
      <div className="rialto-source">
        <p className="rialto-dim">{t('dryRun.about')}</p>
        <div className="rialto-tools">
          <NativeSelect
            size="xs"
            aria-label={t('dryRun.amount')}
            value={most}
            onChange={({ currentTarget: { value } }) => setMost(value)}
            data={[
              ...AMOUNTS.map((count) => ({
                value: String(count),
                label: t('dryRun.first', { count: format.count(count) }),
              })),
              { value: '', label: t('dryRun.all') },
            ]}
          />
          <Button
            size="xs"
            variant="default"
            disabled={disabled}
            loading={attempt.isPending || running}
            onClick={() => attempt.mutate()}
          >
            {t('dryRun.submit')}
          </Button>
        </div>
        {running ? (
          <Button size="xs" variant="default" onClick={() => cancel.mutate()}>
            {t('dryRun.cancel')}
          </Button>
        ) : null}
        {attempt.error === null ? null : <Failure error={attempt.error} />}
        {last === null ? null : <Standing of={last} />}
      </div>
      {last?.result === undefined ? null : <Result of={last.result} />}
    </Card>
  );
}
