import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BodyOf } from '#api-contract';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { ActForm } from '../../shared/act-form.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { readJson } from '../../shared/json-text.tsx';
import { Name, textOf, Value } from './field-parts.tsx';
import type { Conflict, Field } from './field-parts.tsx';

type Chosen = { readonly pick: 'ours' | 'theirs' | 'own'; readonly text: string };
type Choices = Readonly<Record<string, Chosen>>;

/** One of the values of a field, to be taken. */
function Pick(props: {
  readonly of: Field;
  readonly side: 'ours' | 'theirs';
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}): ReactNode {
  const { of, side, chosen, onChoose } = props;
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return (
    <label className="rialto-check">
      <input
        type="radio"
        name={of.field}
        aria-label={`${nameOf(of.field)}: ${t(`conflict.${side}`)} ${textOf(of[side] ?? '–')}`}
        checked={chosen?.pick === side}
        onChange={() => onChoose({ pick: side, text: chosen?.text ?? '' })}
      />
      <Value of={of[side]} />
    </label>
  );
}

function Own(props: {
  readonly of: Field;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen) => void;
}): ReactNode {
  const { of, chosen, onChoose } = props;
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const label = `${nameOf(of.field)}: ${t('conflict.own')}`;
  return (
    <div className="rialto-check">
      <input
        type="radio"
        name={of.field}
        aria-label={label}
        checked={chosen?.pick === 'own'}
        onChange={() => onChoose({ pick: 'own', text: chosen?.text ?? '' })}
      />
      <TextInput
        size="xs"
        aria-label={`${label} (${t('field.value')})`}
        placeholder={t('conflict.own')}
        value={chosen?.text ?? ''}
        onChange={({ currentTarget: { value } }) => onChoose({ pick: 'own', text: value })}
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}

/** What was chosen, as the server takes it; undefined: a value that does not read. */
function decisionOf(
  fields: readonly Field[],
  choices: Choices,
): BodyOf<'decideConflict'>['fields'] {
  const decided: NonNullable<BodyOf<'decideConflict'>['fields']> = {};
  for (const { field, ours, theirs } of fields) {
    const { pick, text } = choices[field] ?? {};
    if (pick === undefined || text === undefined) return undefined;
    if (pick !== 'own') {
      decided[field] = { take: pick };
      continue;
    }
    const isText = typeof (ours ?? theirs) === 'string';
    const read = isText ? { ok: true as const, value: text } : readJson(text);
    if (!read.ok || text === '') return undefined;
    decided[field] = { value: read.value };
  }
  return decided;
}

function useColumns(
  choices: Choices,
  choose: (field: string, chosen: Chosen) => void,
): readonly Column<Field>[] {
  const { t } = useTranslation();
  const parts = (row: Field) => ({
    of: row,
    chosen: choices[row.field],
    onChoose: (chosen: Chosen) => choose(row.field, chosen),
  });
  return [
    { name: 'field', title: t('act.field'), cell: (row) => <Name of={row} /> },
    { name: 'base', title: t('conflict.base'), wide: true, cell: (row) => <Value of={row.base} /> },
    {
      name: 'ours',
      title: t('conflict.ours'),
      wide: true,
      cell: (row) => <Pick {...parts(row)} side="ours" />,
    },
    {
      name: 'theirs',
      title: t('conflict.theirs'),
      wide: true,
      cell: (row) => <Pick {...parts(row)} side="theirs" />,
    },
    { name: 'own', title: t('conflict.own'), wide: true, cell: (row) => <Own {...parts(row)} /> },
  ];
}

function Submit(props: {
  readonly of: Conflict;
  readonly fields: BodyOf<'decideConflict'>['fields'];
}): ReactNode {
  const { of, fields } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const params = { id: of.id };
  return (
    <ActForm
      label={t('conflict.decide')}
      submit={t('conflict.submit')}
      main
      disabled={fields === undefined}
      done={t('conflict.done')}
      act={() =>
        call('decideConflict', {
          params,
          body: {
            revision: of.revision,
            ...(fields === undefined ? {} : { fields }),
            ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          },
        })
      }
    >
      <TextInput
        label={t('conflict.reason')}
        value={reason}
        maxLength={500}
        onChange={({ currentTarget: { value } }) => setReason(value)}
        autoComplete="off"
      />
      <p className="rialto-dim">{t('conflict.submitAbout')}</p>
    </ActForm>
  );
}

function SendNothing({ of }: { readonly of: Conflict }): ReactNode {
  const { t } = useTranslation();
  const params = { id: of.id };
  return (
    <details className="rialto-unfolds">
      <summary>{t('conflict.dropAll')}</summary>
      <p className="rialto-dim">{t('conflict.dropAllAbout')}</p>
      <div className="rialto-tools">
        <ActButton
          text={t('conflict.dropAll')}
          act={() =>
            call('decideConflict', {
              params,
              body: { whole: 'theirs', revision: of.revision },
            })
          }
        />
      </div>
    </details>
  );
}

/** The fields that wait for a person, with the three values and what to take. */
export function Decide({ of }: { readonly of: Conflict }): ReactNode {
  const { t } = useTranslation();
  const asked = of.fields.filter(({ take }) => take === 'ask');
  const [choices, setChoices] = useState<Choices>({});
  const all = (pick: 'ours' | 'theirs') => () =>
    setChoices(Object.fromEntries(asked.map(({ field }) => [field, { pick, text: '' }])));
  const fields = decisionOf(asked, choices);
  const isWhole = asked.some(({ field }) => field === '*');
  const columns = useColumns(choices, (field, chosen) =>
    setChoices((before) => ({ ...before, [field]: chosen })),
  );
  return (
    <Card
      title={t('conflict.decide')}
      aside={
        <div className="rialto-tools">
          <Button size="xs" variant="default" onClick={all('ours')}>
            {t('conflict.allOurs')}
          </Button>
          <Button size="xs" variant="default" onClick={all('theirs')}>
            {t('conflict.allTheirs')}
          </Button>
        </div>
      }
    >
      <DataTable
        label={t('conflict.decide')}
        columns={isWhole ? columns.filter(({ name }) => name !== 'own') : columns}
        rows={asked}
        keyOf={({ field }) => field}
      />
      <div className="rialto-source">
        <Submit of={of} fields={fields} />
        <SendNothing of={of} />
      </div>
    </Card>
  );
}
