import type { ErpContext } from './context.ts';
import { accept, refuse } from './result.ts';
import type { Result } from './result.ts';

type Document = { readonly legalEntity: string; readonly number: string; readonly version: number };
type Wish = { readonly id: string; readonly version?: number };

/** A wish that may be, the document as it was, and what becomes of it. */
export type Decided<D, W, T> = { readonly document: D; readonly wish: W; readonly to: T };

/**
 * Decides wishes about documents that exist: each is there, is still as it was seen (optimistic
 * lock), and is named once a call. Pure, if `decide` is.
 */
export function decideEach<D extends Document, W extends Wish, T, Code extends string>(
  { legalEntity }: Pick<ErpContext, 'legalEntity'>,
  documents: ReadonlyMap<string, D>,
  wishes: readonly W[],
  how: {
    readonly missing: Code;
    readonly moved: Code;
    decide(document: D, wish: W): Result<T, Code>;
  },
): readonly Result<Decided<D, W, T>, Code>[] {
  const seen = new Set<string>();
  return wishes.map((wish): Result<Decided<D, W, T>, Code> => {
    const document = documents.get(wish.id);
    if (document === undefined || document.legalEntity !== legalEntity) {
      return refuse(how.missing, `there is no document ${wish.id}`, 'id');
    }
    const isStale = wish.version !== undefined && wish.version !== document.version;
    if (isStale || seen.has(wish.id)) {
      return refuse(how.moved, `${document.number} has been changed`, 'version');
    }
    const to = how.decide(document, wish);
    if (!to.ok) return to;
    seen.add(wish.id);
    return accept({ document, wish, to: to.value });
  });
}
