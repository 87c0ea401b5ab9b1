import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import type { Cursor } from './row.ts';

/** One thing as its source says it: a header with its parts. */
export type SourceDocument = {
  readonly key: string; // The source's own identity for it, stable for its life.
  readonly content: JsonObject; // Decimals as text, exactly as the source states them.
  readonly version?: string; // What the source wants to see again when this is written to.
  readonly changedAt?: Instant;
  readonly deleted?: true; // The source reports that it is gone. Content is then what it was, or {}.
};

/** Something the source sent that is no document, and why. */
export type DocumentProblem = {
  readonly key?: string;
  readonly reason: string;
  readonly raw: string; // As far as it could be read, cut at 2,000 characters.
};

/**
 * At most 2,000 documents. `next` is the place after the last of them. Every pull ends with a page
 * that says `last`, an empty one when nothing is left: without it, what was read is not complete.
 */
export type DocumentsPage = {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly DocumentProblem[];
  readonly next: Cursor;
  readonly expected?: number; // Documents in all, where the source says so.
  readonly last?: true; // Nothing follows. After changes, the next ones are asked for from `next`.
  /**
   * On the last page of a snapshot: from where changes are to be asked for, safely before it began.
   * A resumed snapshot began when its first page was asked for: its cursor has to remember that.
   * Absent: the source cannot tell changes, and is read whole each time.
   */
  readonly changesFrom?: Cursor;
};

/** Where a pull begins. */
export type PullFrom =
  | { readonly mode: 'snapshot'; readonly after?: Cursor } // All of it, or the rest of it.
  | { readonly mode: 'changes'; readonly after: Cursor }; // What was changed since.
