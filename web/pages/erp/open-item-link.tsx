import type { ReactNode } from 'react';
import { useBooks } from './ask-books.ts';
import { useEntity } from './entity.ts';
import { DocumentLink, isShownKind } from './links.tsx';

/** The document that something owed is of, by its number. */
export function OpenItemLink(props: {
  readonly side: 'receivable' | 'payable';
  readonly id: string;
}): ReactNode {
  const { side, id } = props;
  const { code } = useEntity();
  const params = { entity: code, id };
  const receivable = useBooks('getReceivable', { params }, { enabled: side === 'receivable' });
  const payable = useBooks('getPayable', { params }, { enabled: side === 'payable' });
  const found = (receivable.data ?? payable.data)?.item;
  if (found === undefined) return '…';
  const { documentKind, documentId, documentNumber } = found;
  return isShownKind(documentKind) ? (
    <DocumentLink kind={documentKind} id={documentId} number={documentNumber} />
  ) : (
    documentNumber
  );
}
