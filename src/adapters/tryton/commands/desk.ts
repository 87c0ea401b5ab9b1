import type { Command, Rejection } from '#adapter-kit';
import { checkContent } from '#canonical';
import type { ContentOf, RecordKind } from '#canonical';
import type { JsonObject } from '#kernel';
import type { Rpc } from '../rpc.ts';
import { asObjects } from '../rpc.ts';
import type { TrytonSettings } from '../settings.ts';
import { id, isId } from '../wire.ts';
import type { Sent } from '../wire.ts';

/** What a command is carried out with. */
export type Desk = {
  readonly rpc: Rpc;
  readonly settings: TrytonSettings;
  readonly stop: AbortSignal;
};

/** Why a command cannot be sent as it is. Thrown while it is made ready; the writer's answer. */
export class CannotBook extends Error {
  override readonly name = 'CannotBook';
  readonly why: Rejection;
  readonly field: string | undefined;

  constructor(why: Rejection, reason: string, field?: string) {
    super(reason);
    this.why = why;
    this.field = field;
  }
}

/** The command's payload as content of its kind. */
export function contentOf<Kind extends RecordKind>(command: Command, kind: Kind): ContentOf<Kind> {
  const checked = checkContent(kind, command.payload);
  if (checked.ok) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind chose the schema.
    return checked.record.content as ContentOf<Kind>;
  }
  const [first] = checked.problems;
  const reason = `${first?.field ?? ''}: ${first?.reason ?? 'not such a document'}`;
  throw new CannotBook('invalid', reason, first?.field);
}

/** The key of what a command changes. */
export function targetOf({ target, operation }: Command): string {
  if (target === undefined) throw new CannotBook('invalid', `${operation} names no target`);
  if (!isId(target.key)) throw new CannotBook('not-found', `there is no '${target.key}'`);
  return target.key;
}

/** Rows of a model. */
export async function search(
  { rpc, stop }: Desk,
  model: string,
  domain: Sent,
  fields: readonly string[],
): Promise<readonly JsonObject[]> {
  const params = [domain, 0, 100, [['id', 'ASC']], [...fields]];
  return asObjects(await rpc.read(model, 'search_read', params, stop));
}

/** One row by its key. Refused when it is not there: `what` is a person's word for it. */
export async function rowOf(
  desk: Desk,
  model: string,
  key: string,
  what: { readonly fields: readonly string[]; readonly name: string; readonly field: string },
): Promise<JsonObject> {
  const [row] = isId(key) ? await search(desk, model, [['id', '=', id(key)]], what.fields) : [];
  if (row !== undefined) return row;
  throw new CannotBook('invalid', `Tryton has no ${what.name} '${key}'`, what.field);
}
