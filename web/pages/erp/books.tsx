import { NativeSelect } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Async, Empty, loadable } from '../../shared/async.tsx';
import { chosenEntity, rememberEntity } from '../../shared/chosen-entity.ts';
import { AREAS } from '../../shared/erp-areas.ts';
import type { ErpList } from '../../shared/erp-areas.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { useServer } from '../../api/ask-server.ts';
import { useUrl } from '../../shared/use-url.ts';
import { EntityContext, useEntity } from './entity.ts';
import type { Entity } from './entity.ts';
import { FoundEntity } from './found-entity.tsx';
import { BeginNew } from './new-page.tsx';

/** Opens the books of a legal entity: the one of the address. Without any, asks to found one. */
export function Books({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [{ entity: asked }] = useUrl();
  const found = useServer('listLegalEntities');
  return (
    <Async of={loadable(found)}>
      {({ items }) => {
        if (items.length === 0) return <FoundEntity />;
        const entity = chosenEntity(items, asked);
        if (entity === undefined) {
          return (
            <>
              <PageHead title={t('erp.company')}>
                <Chooser items={items} chosen="" />
              </PageHead>
              <div className="rialto-card">
                <Empty title={t('erp.noSuchEntity', { code: asked ?? '' })} />
              </div>
            </>
          );
        }
        return <EntityContext value={entity}>{children}</EntityContext>;
      }}
    </Async>
  );
}

/** Whose books are open; another one's open at their first page. */
function Chooser(props: { readonly items: readonly Entity[]; readonly chosen: string }): ReactNode {
  const { items, chosen } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const choose = (code: string): void => {
    rememberEntity(code);
    void navigate({ to: '.', search: { entity: code } });
  };
  return (
    <NativeSelect
      size="sm"
      aria-label={t('erp.legalEntity')}
      value={chosen}
      data={[
        ...(chosen === '' ? [{ value: '', label: t('erp.chooseEntity') }] : []),
        ...items.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
      ]}
      onChange={({ currentTarget: { value } }) => choose(value)}
    />
  );
}

function Tabs({ at }: { readonly at: ErpList }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const allowed = useServer('getSession').data?.permissions ?? [];
  const area = AREAS.find(({ lists }) => lists.some(({ name }) => name === at));
  if (area === undefined || area.lists.length === 1) return null;
  return (
    <nav className="erp-tabs" aria-label={t(`erp.area.${area.name}`)}>
      {area.lists
        .filter(({ needs }) => allowed.includes(needs))
        .map(({ name }) => (
          <Link
            key={name}
            to="/erp/$list"
            params={{ list: name }}
            search={{ entity: code }}
            aria-current={name === at ? 'page' : undefined}
          >
            {t(`erp.list.${name}`)}
          </Link>
        ))}
    </nav>
  );
}

/** The head of a page of the books, and whose books these are. */
export function BooksHead(props: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, children } = props;
  const { code, name } = useEntity();
  const items = useServer('listLegalEntities').data?.items ?? [];
  return (
    <PageHead title={title}>
      {items.length > 1 ? (
        <Chooser items={items} chosen={code} />
      ) : (
        <span className="rialto-dim">{name}</span>
      )}
      {children}
    </PageHead>
  );
}

/** The head of a list of the books: which it is, its neighbours, and whose books these are. */
export function ListHead({ list }: { readonly list: ErpList }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <BooksHead title={t(`erp.list.${list}`)}>
        <BeginNew list={list} />
      </BooksHead>
      <Tabs at={list} />
    </>
  );
}
