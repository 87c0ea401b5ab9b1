import type { ReactNode } from 'react';
import type { RecordRef } from '#api-contract';
import { TextLink } from './text-link.tsx';

const PLACES = {
  supplier: '/suppliers/$id',
  item: '/items/$id',
  'purchase-order': '/purchase-orders/$id',
} as const;

export type LinkedKind = keyof typeof PLACES;

export const isLinkedKind = (kind: string | undefined): kind is LinkedKind =>
  kind !== undefined && Object.hasOwn(PLACES, kind);

/** Leads to a record's own page. */
export function RecordLink(props: {
  readonly kind: LinkedKind;
  readonly id: string;
  readonly children: ReactNode;
}): ReactNode {
  const { kind, id, children } = props;
  return (
    <TextLink to={PLACES[kind]} params={{ id }} className="rialto-link">
      {children}
    </TextLink>
  );
}

/** The name of what another record points at, and the way there when it is known. */
export function RefLink(props: { readonly kind: LinkedKind; readonly to: RecordRef }): ReactNode {
  const { kind, to } = props;
  const text = to.name ?? to.number ?? to.key;
  if (to.id === undefined) return text;
  return (
    <RecordLink kind={kind} id={to.id}>
      {text}
    </RecordLink>
  );
}
