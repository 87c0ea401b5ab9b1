import type { ContentOf, RecordKind } from '#canonical';

/** What the warehouse reads of an entry of the change log: a record as it was and as it is now. */
export type LoggedChange = {
  readonly position: bigint;
  readonly kind: RecordKind;
  readonly recordId: string;
  readonly before: unknown;
  readonly after: unknown; // Undefined: the source deleted it.
  readonly source: { readonly integration: string; readonly key: string };
};

/** The last thing the log says about a record. A deleted one keeps the content it had. */
export type LatestState<Kind extends RecordKind> = {
  readonly position: bigint;
  readonly recordId: string;
  readonly integration: string;
  readonly key: string;
  readonly deleted: boolean;
  readonly content: ContentOf<Kind>;
};

/** The kinds that have a table in the star; changes of any other kind load nothing. */
type StarKind = Extract<
  RecordKind,
  'supplier' | 'item' | 'purchase-order' | 'currency' | 'exchange-rate'
>;

/** The latest state of every record that a batch touches, by kind, in log order. */
export type LatestStates = { readonly [Kind in StarKind]: readonly LatestState<Kind>[] };

/** Keeps each record's last change alone: what loads the same however a log is cut into batches. */
export function latestStates(changes: readonly LoggedChange[]): LatestStates {
  const last = new Map<string, LoggedChange>();
  for (const change of changes) last.set(change.recordId, change);
  const ofKind = <Kind extends RecordKind>(kind: Kind): LatestState<Kind>[] =>
    [...last.values()].filter((change) => change.kind === kind).map(stateOf<Kind>);
  return {
    supplier: ofKind('supplier'),
    item: ofKind('item'),
    'purchase-order': ofKind('purchase-order'),
    currency: ofKind('currency'),
    'exchange-rate': ofKind('exchange-rate'),
  };
}

function stateOf<Kind extends RecordKind>(change: LoggedChange): LatestState<Kind> {
  const deleted = change.after === undefined || change.after === null;
  return {
    position: change.position,
    recordId: change.recordId,
    integration: change.source.integration,
    key: change.source.key,
    deleted,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the log holds checked content.
    content: (deleted ? change.before : change.after) as ContentOf<Kind>,
  };
}
