import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActForm } from '../../shared/act-form.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { isRecordKind } from '../../shared/record-kind.ts';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';
import { EVERY_FIELD, useRuleName } from './rule-name.ts';
import { RuleVersions } from './rule-versions.tsx';

type Reply = ReplyOf<'getConflictRules'>;
type Rules = Reply['items'][number];
type Kind = Reply['kinds'][number];
type Rule = Rules['rules'][number];

const WINNERS = ['ours', 'theirs', 'newest', 'ask'] as const;

function useKindName(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => (isRecordKind(kind) ? t(`recordKind.${kind}`) : kind);
}

type InRow = Rule & { readonly kind: string };

function useColumns(): readonly Column<InRow>[] {
  const { t } = useTranslation();
  const nameOf = useRuleName();
  const kindOf = useKindName();
  return [
    { name: 'field', title: t('act.field'), cell: (row) => nameOf(row.field) },
    { name: 'wins', title: t('rules.wins'), cell: (row) => t(`rules.winner.${row.wins}`) },
    { name: 'kind', title: t('field.kind'), quiet: true, cell: (row) => kindOf(row.kind) },
  ];
}

function InForce({ of }: { readonly of: readonly Rules[] }): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const rows = of.flatMap(({ kind, rules }) => rules.map((rule) => ({ kind, ...rule })));
  if (rows.length === 0) return <p className="rialto-note">{t('rules.none')}</p>;
  return (
    <DataTable
      label={t('rules.title')}
      columns={columns}
      rows={rows}
      keyOf={(row) => `${row.kind} ${row.field}`}
    />
  );
}

function isWinner(text: string): text is Rule['wins'] {
  return WINNERS.some((winner) => winner === text);
}

/** One rule to edit: a field, and who wins it. */
function RuleRow(props: {
  readonly of: Rule;
  readonly at: number;
  readonly fields: readonly string[];
  readonly onChange: (rule: Rule | undefined) => void;
}): ReactNode {
  const { of, at, fields, onChange } = props;
  const { t } = useTranslation();
  const nameOf = useRuleName();
  return (
    <div className="rialto-tools">
      <NativeSelect
        size="xs"
        aria-label={t('rules.fieldOf', { count: at })}
        value={of.field}
        onChange={({ currentTarget: { value } }) => onChange({ ...of, field: value })}
        data={[EVERY_FIELD, ...fields].map((value) => ({ value, label: nameOf(value) }))}
      />
      <NativeSelect
        size="xs"
        aria-label={t('rules.winsOf', { count: at })}
        value={of.wins}
        onChange={({ currentTarget: { value } }) =>
          isWinner(value) ? onChange({ ...of, wins: value }) : undefined
        }
        data={WINNERS.map((value) => ({ value, label: t(`rules.winner.${value}`) }))}
      />
      <Button
        size="xs"
        variant="subtle"
        aria-label={t('rules.dropOf', { count: at })}
        onClick={() => onChange(undefined)}
      >
        {t('rules.drop')}
      </Button>
    </div>
  );
}

function RuleRows(props: {
  readonly of: readonly Rule[];
  readonly fields: readonly string[];
  readonly onChange: (rules: readonly Rule[]) => void;
}): ReactNode {
  const { of: rules, fields, onChange } = props;
  const { t } = useTranslation();
  const change = (at: number) => (rule: Rule | undefined) =>
    onChange(rule === undefined ? rules.toSpliced(at, 1) : rules.with(at, rule));
  const free = [...fields, EVERY_FIELD].find((field) =>
    rules.every((rule) => rule.field !== field),
  );
  return (
    <>
      {rules.map((rule, at) => (
        <RuleRow
          // oxlint-disable-next-line react/no-array-index-key -- a row has no name but its place.
          key={at}
          of={rule}
          at={at + 1}
          fields={fields}
          onChange={change(at)}
        />
      ))}
      <p className="rialto-dim">{t('rules.otherwise')}</p>
      <div className="rialto-tools">
        <Button
          size="xs"
          variant="default"
          disabled={free === undefined}
          onClick={() =>
            free === undefined ? undefined : onChange([...rules, { field: free, wins: 'ask' }])
          }
        >
          {t('rules.add')}
        </Button>
      </div>
    </>
  );
}

/** The rules of one kind, to be edited and put in force as a new version. */
function Edit(props: {
  readonly name: string;
  readonly kind: Kind;
  readonly of: Rules | undefined;
}): ReactNode {
  const { name, kind, of } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const kindOf = useKindName();
  const [rules, setRules] = useState<readonly Rule[]>(of?.rules ?? []);
  const [note, setNote] = useState('');
  const title = t('rules.edit', { kind: kindOf(kind.kind) });
  return (
    <details className="rialto-unfolds">
      <summary>{title}</summary>
      {of === undefined ? null : (
        <p className="rialto-dim">
          {t('rules.version', {
            version: of.version,
            author: of.author,
            since: format.moment(of.createdAt),
          })}
        </p>
      )}
      <ActForm
        label={title}
        submit={t('rules.save')}
        act={() =>
          call('saveConflictRules', {
            params: { name, kind: kind.kind },
            body: {
              rules: rules.map((rule) => ({ ...rule })),
              basedOn: of?.version ?? 0,
              ...(note.trim() === '' ? {} : { note: note.trim() }),
            },
          })
        }
      >
        <RuleRows of={rules} fields={kind.fields} onChange={setRules} />
        <TextInput
          label={t('rules.note')}
          value={note}
          maxLength={500}
          onChange={({ currentTarget: { value } }) => setNote(value)}
          autoComplete="off"
        />
      </ActForm>
    </details>
  );
}

/** Who wins a field that both sides changed, by kind, and how that is changed. */
export function ConflictRulesCard({ name }: { readonly name: string }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('integrations:write');
  const kindOf = useKindName();
  const found = useServer('getConflictRules', { params: { name } });
  return (
    <Card
      title={t('rules.title')}
      aside={
        <TextLink to="/conflicts" search={{ integration: name }} size="sm">
          {t('rules.toConflicts')}
        </TextLink>
      }
    >
      <Async of={loadable(found)} rows={2}>
        {({ items, kinds }) => (
          <>
            <InForce of={items} />
            <div className="rialto-source">
              {mayWrite
                ? kinds.map((kind) => {
                    const of = items.find((each) => each.kind === kind.kind);
                    return (
                      <Edit
                        key={`${kind.kind} ${of?.version ?? 0}`}
                        name={name}
                        kind={kind}
                        of={of}
                      />
                    );
                  })
                : null}
              {items.map(({ kind, version }) => (
                <RuleVersions
                  key={`${kind} ${version}`}
                  name={name}
                  kind={kind}
                  title={t('rules.versions', { kind: kindOf(kind) })}
                />
              ))}
            </div>
          </>
        )}
      </Async>
    </Card>
  );
}
