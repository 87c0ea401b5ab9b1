import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { ChangedFields } from '../../shared/changed-fields.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Card } from '../../shared/facts.tsx';
import { Maybe } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { ChoiceBox } from '../../shared/list-filters.tsx';
import { ListView } from '../../shared/list-view.tsx';
import { PageHead } from '../../shared/page-head.tsx';
import { PersonName } from '../../shared/person-name.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useList } from '../../shared/use-list.ts';
import { useMay } from '../../shared/use-may.ts';
import { useUrl } from '../../shared/use-url.ts';
import { PackEditor } from './pack-editor.tsx';

const MOST = { pageSize: 200 } as const; // What can be shown and compared.

type Version = ReplyOf<'listMappingVersions'>['items'][number];

function useColumns(name: string): readonly Column<Version>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('integrations:write');
  const columns: readonly Column<Version>[] = [
    {
      name: 'version',
      title: t('mapping.version'),
      sort: 'version',
      cell: ({ version, inForce }) => (
        <>
          <TextLink to="." search={{ version: String(version) }} className="rialto-link">
            {t('mapping.versionOne', { version })}
          </TextLink>
          {inForce ? (
            <>
              {' '}
              <span className="rialto-status" data-tone="good">
                {t('mapping.isInForce')}
              </span>
            </>
          ) : null}
        </>
      ),
    },
    {
      name: 'author',
      title: t('mapping.author'),
      sort: 'author',
      cell: ({ author }) =>
        author === null ? t('mapping.cameWithRialto') : <PersonName of={author} />,
    },
    {
      name: 'createdAt',
      title: t('mapping.when'),
      sort: 'createdAt',
      cell: (row) => format.moment(row.createdAt),
    },
    {
      name: 'note',
      title: t('mapping.note'),
      wide: true,
      cell: ({ note }) => <Maybe text={note ?? undefined} />,
    },
  ];
  if (!mayWrite) return columns;
  return [
    ...columns,
    {
      name: 'restore',
      title: t('people.actions'),
      end: true,
      cell: ({ version, inForce }) =>
        inForce ? null : (
          <ActButton
            text={t('mapping.restore')}
            label={t('mapping.restoreOne', { version })}
            act={() => call('restoreMapping', { params: { name, version } })}
          />
        ),
    },
  ];
}

/** Two versions, place by place. Which two is in the address. */
function Compare(props: {
  readonly name: string;
  readonly of: readonly Version[];
  readonly shown: number;
}): ReactNode {
  const { name, of, shown } = props;
  const { t } = useTranslation();
  const [search] = useUrl();
  const from = Number(search['from'] ?? '');
  const compared = useServer(
    'compareMappings',
    { params: { name, version: shown }, query: { from } },
    { enabled: from > 0 && from !== shown },
  );
  const titled = (version: number): string => t('mapping.versionOne', { version });
  const others = of.filter(({ version }) => version !== shown);
  if (others.length === 0) return null;
  return (
    <Card title={t('mapping.compare', { version: shown })}>
      <div className="rialto-source">
        <ChoiceBox
          choice={{
            name: 'from',
            label: t('mapping.compareWith'),
            values: others.map(({ version }) => ({
              value: String(version),
              label: titled(version),
            })),
          }}
        />
      </div>
      {from > 0 && from !== shown ? (
        <Async
          of={loadable(compared)}
          rows={2}
          isEmpty={({ items }) => items.length === 0}
          empty={<p className="rialto-note">{t('mapping.same')}</p>}
        >
          {({ items }) => (
            <ChangedFields
              label={t('mapping.compare', { version: shown })}
              before={titled(from)}
              after={titled(shown)}
              of={items.map(({ mapping, part, before, after }) => ({
                field: mapping === undefined ? part : `${mapping} › ${part}`,
                before,
                after,
              }))}
            />
          )}
        </Async>
      ) : null}
    </Card>
  );
}

function Shown({ name, of }: { readonly name: string; readonly of: readonly Version[] }) {
  const { t } = useTranslation();
  const [search] = useUrl();
  const inForce = of.find((one) => one.inForce)?.version;
  const asked = Number(search['version'] ?? '');
  const shown = of.some(({ version }) => version === asked) ? asked : (inForce ?? 0);
  const mapping = useServer(
    'getMapping',
    { params: { name, version: shown } },
    { enabled: shown > 0 },
  );
  if (shown === 0) return <p className="rialto-note">{t('mapping.none')}</p>;
  return (
    <>
      <Compare name={name} of={of} shown={shown} />
      <Async of={loadable(mapping)} rows={8}>
        {({ version, pack }) => (
          <PackEditor key={version} name={name} version={version} inForce={inForce} pack={pack} />
        )}
      </Async>
    </>
  );
}

/** How what a source says becomes records: versions, their differences, and an editor to try. */
export function MappingPage(): ReactNode {
  const { name } = useParams({ from: '/integrations/$name/mapping' });
  const { t } = useTranslation();
  const versions = useServer('listMappingVersions', { params: { name }, query: MOST });
  const columns = useColumns(name);
  const list = useList('listMappingVersions', { name });
  return (
    <>
      <PageHead
        title={t('mapping.of', { name })}
        about={t('mapping.about')}
        above={
          <TextLink to="/integrations/$name" params={{ name }} className="rialto-crumb">
            {name}
          </TextLink>
        }
      />
      <Async of={loadable(versions)}>
        {({ items }) => (
          <div className="rialto-stack">
            <Card title={t('mapping.versions')}>
              <ListView
                label={t('mapping.versions')}
                searchLabel={t('mapping.search')}
                list={list}
                columns={columns}
                keyOf={({ version }) => String(version)}
                empty={{ title: t('mapping.none') }}
                inCard
              />
            </Card>
            <Shown name={name} of={items} />
          </div>
        )}
      </Async>
    </>
  );
}
