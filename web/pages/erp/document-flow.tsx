import type { CSSProperties, ReactNode } from 'react';
import { Async, loadable } from '../../shared/async.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import type { Key } from '../../shared/translate.ts';
import { useBooks } from './ask-books.ts';
import { flowPicture, NODE_WIDTH } from './flow-layout.ts';
import type { FlowNode, FlowPicture, FlowRef } from './flow-layout.ts';
import { DocumentLink, isShownKind } from './links.tsx';

const KINDS = [
  'allocation',
  'bank-match',
  'bank-payment',
  'bank-statement',
  'bank-transfer',
  'customer-credit-note',
  'customer-invoice',
  'customer-payment',
  'delivery',
  'dunning-notice',
  'dunning-run',
  'goods-receipt',
  'import',
  'journal-entry',
  'opening',
  'production-posting',
  'project',
  'project-recognition',
  'purchase-order',
  'quotation',
  'recurring-entry',
  'requisition',
  'revenue-release',
  'sales-order',
  'stock-count',
  'stock-document',
  'subscription',
  'supplier-invoice',
  'supplier-payment',
  'time-sheet',
  'work-order',
  'write-off',
] as const;

/** What a kind of document is called; one that is newer than the pages, as the server calls it. */
export function useDocumentKind(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? kind : t(`erp.kind.${known}` satisfies Key);
  };
}

function NumberOf({ of, shown }: { readonly of: FlowRef; readonly shown: FlowRef }): ReactNode {
  const { kind, id, number } = of;
  if (kind === shown.kind && id === shown.id) return <b aria-current="page">{number}</b>;
  return isShownKind(kind) ? <DocumentLink kind={kind} id={id} number={number} /> : number;
}

function Node({ of, shown }: { readonly of: FlowNode; readonly shown: FlowRef }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useDocumentKind();
  const { left, top, height, cameOf, entries, kind, id } = of;
  const place: CSSProperties = { left, top, height, width: NODE_WIDTH };
  return (
    <li
      className="erp-flow-node"
      style={place}
      data-shown={(kind === shown.kind && id === shown.id) || undefined}
    >
      <span className="erp-flow-kind">{nameOf(kind)}</span>
      <span className="erp-flow-number">
        <NumberOf of={of} shown={shown} />
      </span>
      {cameOf.length === 0 ? null : (
        <span className="erp-flow-from">{t('erp.flow.from', { numbers: cameOf.join(', ') })}</span>
      )}
      {entries.length === 0 ? null : (
        <ul aria-label={t('erp.flow.entries')}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <NumberOf of={entry} shown={shown} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Picture({ of, shown }: { readonly of: FlowPicture; readonly shown: FlowRef }): ReactNode {
  const { t } = useTranslation();
  const { width, height, nodes, lines, leftOut } = of;
  return (
    <>
      <section className="erp-flow" aria-label={t('erp.flow.title')} tabIndex={0}>
        <div className="erp-flow-picture" style={{ width, height }}>
          <svg width={width} height={height} aria-hidden>
            {lines.map(({ key, path }) => (
              <path key={key} d={path} />
            ))}
          </svg>
          <ol>
            {nodes.map((node) => (
              <Node key={node.key} of={node} shown={shown} />
            ))}
          </ol>
        </div>
      </section>
      {leftOut === 0 ? null : (
        <p className="erp-note rialto-dim">{t('erp.flow.leftOut', { count: leftOut })}</p>
      )}
    </>
  );
}

/** What a document came of and what came of it, drawn; each leads to its page. */
export function DocumentFlow({ of }: { readonly of: FlowRef }): ReactNode {
  const { t } = useTranslation();
  const { kind, id } = of;
  const flow = useBooks('getDocumentFlow', { params: { kind, id } });
  return (
    <Card title={t('erp.flow.title')}>
      <Async of={loadable(flow)} rows={3}>
        {({ links }) =>
          links.length === 0 ? (
            <p className="erp-note rialto-dim">{t('erp.flow.alone')}</p>
          ) : (
            <Picture of={flowPicture(links, of)} shown={of} />
          )
        }
      </Async>
    </Card>
  );
}
