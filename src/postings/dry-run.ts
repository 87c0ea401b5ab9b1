import type { SourceDocument } from '#adapter-kit';
import type { Handle } from '#database';
import { rows, sql } from '#database';
import type { Json, JsonObject } from '#kernel';
import { changedFields } from '#records';
import type { ChangedField } from '#records';
import type { Destination } from './destination.ts';
import { OPERATIONS } from '#adapter-kit';
import type { PostingDraft } from './posting.ts';
import type { PostingState } from './progress.ts';
import { referenceOf } from './reference.ts';

/** What would happen if a draft were posted. */
export type DryRun = {
  readonly reference: string;
  readonly already?: PostingState; // It was asked for before, and stands there.
  readonly supported: boolean;
  readonly preview?: Json; // The request as it would go over the wire.
  readonly target?: {
    readonly key: string;
    readonly found: boolean;
    readonly version?: string;
    readonly movedOn: boolean; // It is not what the draft saw: it would be a conflict.
  };
  readonly changes: readonly ChangedField[]; // Against the target as it is now; else against nothing.
};

/** Reads a document of the system as canonical content; undefined: it cannot be mapped. */
export type Canonical = (kind: string, document: SourceDocument) => JsonObject | undefined;

/** Says what a draft would do. Reads its target; sends nothing, and writes nothing down. */
export async function dryRun(
  handle: Handle,
  draft: PostingDraft,
  context: {
    readonly destination: Destination;
    readonly canonicalOf: Canonical;
    readonly stop: AbortSignal;
  },
): Promise<DryRun> {
  const { integration, operation, businessKey, payload, target } = draft;
  const { adapter, entityOf } = context.destination;
  const reference = referenceOf(integration, operation, businessKey);
  const [there] = await rows<{ state: PostingState }>(
    handle,
    sql`select state from postings.posting
      where integration = ${integration} and reference = ${reference}`,
  );
  const kind = OPERATIONS[operation];
  const entity = entityOf(kind);
  const before =
    target === undefined || entity === undefined
      ? undefined
      : await adapter.fetch?.(entity, target.key, context.stop);
  const known = before === undefined ? undefined : context.canonicalOf(kind, before);
  const supported = adapter.writer !== undefined && adapter.capabilities.writes.includes(operation);
  const command = { operation, reference, payload, ...(target === undefined ? {} : { target }) };
  return {
    reference,
    supported,
    changes: changedFields(known ?? {}, known === undefined ? payload : { ...known, ...payload }),
    ...(there === undefined ? {} : { already: there.state }),
    ...(supported ? { preview: adapter.writer.preview(command) } : {}),
    ...(target === undefined ? {} : { target: seen(target, before) }),
  };
}

function seen(
  target: NonNullable<PostingDraft['target']>,
  document: SourceDocument | undefined,
): NonNullable<DryRun['target']> {
  const version = document?.version;
  const movedOn =
    target.version !== undefined && version !== undefined && target.version !== version;
  return {
    key: target.key,
    found: document !== undefined && document.deleted !== true,
    movedOn,
    ...(version === undefined ? {} : { version }),
  };
}
