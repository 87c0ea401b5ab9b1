import type { Run } from '#api-contract';
import type { Column } from './data-table.tsx';
import { Maybe } from './figure.tsx';
import { useFormat, useTranslation } from './i18n.ts';
import { RunStatus, totalOf, useRunMessage } from './run-parts.tsx';
import { TextLink } from './text-link.tsx';

const COUNTS = ['read', 'created', 'changed', 'deleted', 'quarantined'] as const;

/** The columns of a list of runs. */
export function useRunColumns(): readonly Column<Run>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const messageOf = useRunMessage();
  return [
    {
      name: 'started',
      title: t('field.started'),
      sort: 'startedAt',
      cell: (run) => (
        <TextLink to="/runs/$id" params={{ id: run.id }} className="rialto-link">
          <time dateTime={run.startedAt}>{format.moment(run.startedAt)}</time>
        </TextLink>
      ),
    },
    {
      name: 'integration',
      title: t('field.integration'),
      sort: 'integration',
      cell: (run) => run.integration,
    },
    {
      name: 'status',
      title: t('field.status'),
      sort: 'status',
      cell: (run) => <RunStatus run={run} />,
    },
    {
      name: 'took',
      title: t('field.took'),
      sort: 'took',
      end: true,
      cell: (run) => (
        <Maybe
          text={
            run.finishedAt === undefined ? undefined : format.span(run.startedAt, run.finishedAt)
          }
        />
      ),
    },
    ...COUNTS.map(
      (name): Column<Run> => ({
        name,
        title: t(`field.${name}`),
        end: true,
        cell: (run) => format.count(totalOf(run, name)),
      }),
    ),
    {
      name: 'message',
      title: t('field.message'),
      wide: true,
      quiet: true,
      cell: (run) => <Maybe text={messageOf(run)} />,
    },
  ];
}
