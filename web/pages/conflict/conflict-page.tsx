import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useServer } from '../../api/ask-server.ts';
import { Async, loadable } from '../../shared/async.tsx';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card, Facts, Tiles } from '../../shared/facts.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { JsonView } from '../../shared/json-text.tsx';
import { useOperationName } from '../../shared/operation-name.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { usePersonName } from '../../shared/person-name.tsx';
import { StatusMark } from '../../shared/status.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';
import { Decide } from './decide.tsx';
import { Name, Value } from './field-parts.tsx';
import type { Conflict, Field } from './field-parts.tsx';

/** Why a field becomes what it becomes, where nobody is asked. */
function useReason(): (of: Field) => string {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  return ({ chosen, because, rule, take }) => {
    if (chosen !== undefined) {
      return chosen.take === undefined
        ? t('conflict.ownChosen')
        : t(`conflict.chose.${chosen.take}`);
    }
    const side = take === 'ask' ? '' : `${t(`conflict.${take}`)}: `;
    return `${side}${t(`conflict.because.${because}`, { rule: rule === undefined ? '' : nameOf(rule) })}`;
  };
}

function useColumns(): readonly Column<Field>[] {
  const { t } = useTranslation();
  const reasonOf = useReason();
  return [
    { name: 'field', title: t('act.field'), cell: (row) => <Name of={row} /> },
    { name: 'base', title: t('conflict.base'), wide: true, cell: (row) => <Value of={row.base} /> },
    { name: 'ours', title: t('conflict.ours'), wide: true, cell: (row) => <Value of={row.ours} /> },
    {
      name: 'theirs',
      title: t('conflict.theirs'),
      wide: true,
      cell: (row) => <Value of={row.theirs} />,
    },
    {
      name: 'why',
      title: t('conflict.becomes'),
      wide: true,
      cell: (row) => (
        <>
          {reasonOf(row)}
          {row.chosen?.value === undefined ? null : <Value of={row.chosen.value} />}
        </>
      ),
    },
  ];
}

/** What becomes of the fields about which nobody is asked, or was. */
function Rest({ of }: { readonly of: Conflict }): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const isOpen = of.state === 'open';
  const rows = of.fields.filter(({ take }) => !isOpen || take !== 'ask');
  if (rows.length === 0) return null;
  const title = t(isOpen ? 'conflict.byItself' : 'conflict.decided');
  return (
    <Card title={title}>
      <DataTable label={title} columns={columns} rows={rows} keyOf={({ field }) => field} />
    </Card>
  );
}

function Sent({ as: id }: { readonly as: string }): ReactNode {
  return (
    <TextLink to="/transactions/$id" params={{ id }}>
      {id}
    </TextLink>
  );
}

function More({ of }: { readonly of: Conflict }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [oursBy, decidedBy] = [usePersonName(of.oursBy), usePersonName(of.decidedBy)];
  const moment = (at: string | undefined) => (at === undefined ? undefined : format.moment(at));
  return (
    <Card title={t('detail.facts')}>
      <Facts
        of={[
          [t('conflict.oursBy'), `${oursBy}, ${format.moment(of.oursAt)}`],
          [t('conflict.theirsAt'), moment(of.theirsAt) ?? t('conflict.unknown')],
          [t('drift.noticedAt'), format.moment(of.noticedAt)],
          [t('conflict.rulesVersion'), of.rulesVersion === 0 ? '–' : String(of.rulesVersion)],
          [t('conflict.decidedAt'), moment(of.decidedAt)],
          [t('conflict.decidedBy'), decidedBy],
          [t('conflict.met'), <Sent key="met" as={of.transactionId} />],
          [
            t('conflict.sentAs'),
            of.sentAs === undefined ? undefined : <Sent key="sent" as={of.sentAs} />,
          ],
        ]}
      />
      <div className="rialto-source">
        {(['base', 'ours', 'theirs'] as const).map((side) => (
          <details key={side} className="rialto-unfolds">
            <summary>{t(`conflict.whole.${side}`)}</summary>
            <JsonView
              label={t(`conflict.whole.${side}`)}
              of={of[side] ?? t('conflict.baseUnknown')}
            />
          </details>
        ))}
      </div>
    </Card>
  );
}

/** One conflict: both versions beside each other and what they were made from; who wins is said here. */
export function ConflictPage(): ReactNode {
  const { id } = useParams({ from: '/conflicts/$id' });
  const { t } = useTranslation();
  const nameOf = useOperationName();
  const mayDecide = useMay('transactions:write');
  const found = useServer('getConflict', { params: { id } });
  return (
    <>
      <PageHead
        title={found.data?.title ?? t('conflict.title')}
        above={
          <TextLink to="/conflicts" className="rialto-crumb">
            {t('nav.conflicts')}
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
                [t('conflict.wish'), nameOf(of.operation)],
                [
                  t('conflict.outcome'),
                  of.outcome === undefined ? '–' : t(`conflict.outcomeIs.${of.outcome}`),
                ],
              ]}
            />
            {of.state === 'open' && mayDecide ? <Decide key={of.revision} of={of} /> : null}
            <Rest of={of} />
            <More of={of} />
          </div>
        )}
      </Async>
    </>
  );
}
