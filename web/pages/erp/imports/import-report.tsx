import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import { useLanguage } from '../../../shared/i18n.ts';
import { useSaid } from '../../../shared/said.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ToList } from '../links.tsx';
import { StandingMark } from '../standing.tsx';
import { ImportLines } from './import-lines.tsx';
import { LIST_OF, standingOf } from './import-kinds.ts';

/** An import as it is kept. */
export type Import = ReplyOf<'getImport'>;
type Total = Import['totals'][number];

const DID = ['created', 'changed', 'unchanged', 'compared', 'refused'] as const;

/** How many lines became what, in a sentence each. */
function Counts({ of }: { readonly of: Import }): ReactNode {
  const { t, format } = useColumnKit();
  return (
    <dl className="erp-counts">
      {DID.filter((did) => of[did] > 0 || did === 'created' || did === 'refused').map((did) => (
        <div key={did}>
          <dt>{t(`erp.imports.did.${did}`)}</dt>
          <dd className={did === 'refused' && of.refused > 0 ? 'rialto-bad' : undefined}>
            {format.count(of[did])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What the accounts that the file touches hold before and after. */
export function Totals({ of }: { readonly of: readonly Total[] }): ReactNode {
  const kit = useColumnKit();
  const language = useLanguage();
  const { currency } = useEntity();
  const moved = of.filter(({ before, after }) => before !== after);
  if (moved.length === 0) return null;
  return (
    <DataTable
      label={kit.t('erp.imports.totals')}
      rows={moved}
      keyOf={({ account }) => account}
      columns={[
        kit.text<Total>('erp.field.account', ({ account }) => account),
        {
          ...kit.text<Total>('erp.field.name', ({ name }) => name[language]),
          wide: true,
          lead: true,
        },
        kit.amount<Total>(
          'erp.imports.before',
          ({ before }) => before,
          () => currency,
        ),
        kit.amount<Total>(
          'erp.imports.after',
          ({ after }) => after,
          () => currency,
        ),
      ]}
    />
  );
}

/** What became of an import or a dry run: counts, what is wrong with the file, with which lines. */
export function ImportReport({ of }: { readonly of: Import }): ReactNode {
  const { t } = useColumnKit();
  const said = useSaid();
  const ignored = of.formats.ignored.join(', ');
  return (
    <>
      <p>
        <b>{of.file.name}</b> · {t(`erp.imports.of.${of.kind}`)}{' '}
        <StandingMark of={standingOf(of.status)} />
      </p>
      <p role="status">{t(`erp.imports.came.${of.status}`)}</p>
      <Counts of={of} />
      {of.problems.map(({ code, message, line }) => (
        <p key={`${code} ${line}`} className="rialto-bad">
          {line === undefined ? '' : `${t('erp.imports.line', { line })}: `}
          {said({ text: message, code })}
        </p>
      ))}
      {ignored === '' ? null : (
        <p className="rialto-dim">{t('erp.imports.ignored', { headings: ignored })}</p>
      )}
      <Totals of={of.totals} />
      <ImportLines of={of} />
      {of.status === 'booked' ? (
        <p>
          <ToList list={LIST_OF[of.kind]}>{t(`erp.list.${LIST_OF[of.kind]}`)}</ToList>
        </p>
      ) : null}
    </>
  );
}
