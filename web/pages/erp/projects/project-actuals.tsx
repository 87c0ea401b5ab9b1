import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { differenceOf } from '../../../shared/exact.ts';
import { useSaid } from '../../../shared/said.ts';
import { useAccountName } from '../accounts.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DocumentLink, InBooks, isShownKind } from '../links.tsx';

type Actual = ReplyOf<'listProjectActuals'>['items'][number];

const SHOWN_MOST = 50;

/** What the books show of a project: each cost and each revenue, and the document behind it. */
export function ProjectActuals({ project }: { readonly project: string }): ReactNode {
  const kit = useColumnKit();
  const said = useSaid();
  const saidOf = (actual: Actual): string => said({ text: actual.text, ...actual.said });
  const { code } = useEntity();
  const query = { project, limit: SHOWN_MOST };
  const nameOf = useAccountName();
  const found = useBooks('listProjectActuals', { params: { entity: code }, query });
  const actuals = (found.data?.items ?? []).toSorted((a, b) =>
    b.postedOn.localeCompare(a.postedOn),
  );
  if (actuals.length === 0) return null;
  const columns: readonly Column<Actual>[] = [
    kit.day<Actual>('erp.field.postedOn', ({ postedOn }) => postedOn),
    kit.own<Actual>('erp.field.source', ({ sourceKind, sourceId, sourceNumber }) =>
      isShownKind(sourceKind) ? (
        <DocumentLink kind={sourceKind} id={sourceId} number={sourceNumber} />
      ) : (
        sourceNumber
      ),
    ),
    { ...kit.text<Actual>('erp.field.text', saidOf), wide: true, lead: true },
    kit.text<Actual>('erp.field.account', ({ account }) => `${account} ${nameOf(account) ?? ''}`),
    kit.own<Actual>('erp.field.entry', ({ entry, entryNumber }) => (
      <InBooks list="journal-entries" id={entry}>
        {entryNumber}
      </InBooks>
    )),
    kit.amount<Actual>('erp.field.cost', ({ kind, amount }) =>
      kind === 'expense' ? amount : null,
    ),
    kit.amount<Actual>('erp.field.revenue', ({ kind, amount }) =>
      kind === 'income' ? (differenceOf('0', amount) ?? null) : null,
    ),
  ];
  return (
    <Card title={kit.t('erp.actuals')}>
      <DataTable
        label={kit.t('erp.actuals')}
        rows={actuals}
        keyOf={({ id }) => id}
        columns={columns}
      />
      {found.data?.next === undefined ? null : (
        <p className="erp-note">{kit.t('erp.actualsCut', { count: SHOWN_MOST })}</p>
      )}
    </Card>
  );
}
