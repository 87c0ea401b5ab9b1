import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { useSaid } from '../../../shared/said.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import type { Import } from './import-report.tsx';

type Line = ReplyOf<'listImportLines'>['items'][number];

const OUTCOMES = ['refused', 'created', 'changed', 'compared', 'unchanged'] as const;
const AT_ONCE = 50;

function LineTable({ of }: { readonly of: readonly Line[] }): ReactNode {
  const kit = useColumnKit();
  const said = useSaid();
  return (
    <DataTable
      label={kit.t('erp.imports.lines')}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        kit.own<Line>('field.line', ({ line }) => line),
        { ...kit.text<Line>('erp.field.key', ({ key }) => key), lead: true },
        kit.text<Line>('erp.imports.heading', ({ heading }) => heading),
        kit.text<Line>('erp.field.value', ({ value }) => value),
        {
          ...kit.text<Line>('erp.imports.why', ({ message, code: why }) =>
            message === undefined ? null : said({ text: message, code: why }),
          ),
          wide: true,
        },
      ]}
    />
  );
}

/** What became of the lines of a file; those that were refused first, each with its reason. */
export function ImportLines({ of }: { readonly of: Import }): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const there = OUTCOMES.filter((outcome) => of[outcome] > 0);
  const [chosen, setChosen] = useState<string>();
  const [after, setAfter] = useState<string>();
  const outcome = OUTCOMES.find((one) => one === chosen) ?? there[0];
  const query = {
    limit: AT_ONCE,
    ...(outcome === undefined ? {} : { outcome }),
    ...(after === undefined ? {} : { after }),
  };
  const found = useBooks(
    'listImportLines',
    { params: { entity: code, id: of.id }, query },
    { enabled: outcome !== undefined, keep: true },
  );
  if (outcome === undefined) return null;
  const title = kit.t('erp.imports.lines');
  return (
    <div className="erp-import-lines">
      <ChoiceField
        label={title}
        value={outcome}
        onValue={(value) => {
          setChosen(value);
          setAfter(undefined);
        }}
        of={there.map((value) => ({
          value,
          label: `${kit.t(`erp.imports.did.${value}`)}: ${kit.format.count(of[value])}`,
        }))}
      />
      <Async
        of={loadable(found)}
        rows={4}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="rialto-dim">{kit.t('erp.imports.linesGone')}</p>}
      >
        {({ items, next }) => (
          <>
            <LineTable of={items} />
            <div className="rialto-tools">
              {after === undefined ? null : (
                <Button variant="default" size="xs" onClick={() => setAfter(undefined)}>
                  {kit.t('list.toFirst')}
                </Button>
              )}
              {next === undefined ? null : (
                <Button variant="default" size="xs" onClick={() => setAfter(next)}>
                  {kit.t('list.next')}
                </Button>
              )}
            </div>
          </>
        )}
      </Async>
    </div>
  );
}
