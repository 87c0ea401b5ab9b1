import type { ReactNode } from 'react';
import { Tiles } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { DocumentFlow } from './document-flow.tsx';
import { DocumentHistory } from './document-history.tsx';
import { useEntity } from './entity.ts';
import { ToList } from './links.tsx';
import { StandingMark } from './standing.tsx';
import type { Standing } from './standing.tsx';

type Told = { readonly id: string; readonly number: string };

/** The head of something in the books: the way back to its list, what it is, where it stands. */
export function ObjectHead(props: {
  readonly list: ErpList;
  readonly title: string;
  readonly standing?: Standing | undefined;
}): ReactNode {
  const { list, title, standing } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <PageHead
      title={title}
      above={
        <span className="rialto-crumb">
          <ToList list={list}>{t(`erp.list.${list}`)}</ToList>
          <span className="rialto-dim"> · {code}</span>
        </span>
      }
    >
      {standing === undefined ? null : <StandingMark of={standing} />}
    </PageHead>
  );
}

/** A document: head with status, figures, what can be done, its flow, its lines, its history. */
export function ObjectPage(props: {
  readonly list: ErpList;
  readonly kind?: string; // As the flow calls it; absent: nothing flows from or to it.
  readonly title: string;
  readonly standing?: Standing;
  readonly of: Told & { readonly createdBy?: string; readonly createdAt?: string };
  readonly tiles: readonly (readonly [string, ReactNode])[];
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { list, kind, title, standing, of, tiles, acts, children } = props;
  return (
    <>
      <ObjectHead list={list} title={`${title} ${of.number}`} standing={standing} />
      <div className="rialto-stack">
        <Tiles of={tiles} />
        {acts}
        {kind === undefined ? null : <DocumentFlow of={{ kind, id: of.id, number: of.number }} />}
        {children}
        <DocumentHistory of={of} />
      </div>
    </>
  );
}
