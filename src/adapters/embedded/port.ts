import type { JsonObject } from '#kernel';
import type { EmbeddedEntity } from './entities.ts';

/**
 * The embedded ERP, as far as this adapter reaches it: one legal entity of it. What it states is its
 * own, and mappings say what it means; what it is asked to book is content of records, whose keys are
 * its own. Marks are moments in its own words: they mean something to it alone.
 */
export type EmbeddedErp = {
  /** What the legal entity is called and counts in. Undefined: it was not founded. */
  legalEntity(): Promise<{ readonly name: string; readonly currency: string } | undefined>;
  /** All that is committed now. */
  mark(): Promise<string>;
  /** Why changes since a mark cannot be told any more. Undefined: they can. */
  whyLost(mark: string): Promise<string | undefined>;
  /** The keys of an entity in their order, from `after` on. */
  keysAfter(
    entity: EmbeddedEntity,
    after: string | undefined,
    limit: number,
  ): Promise<readonly string[]>;
  /** What changed of an entity between two marks, from a place on; at most 2,000 keys. */
  changes(entity: EmbeddedEntity, between: Between): Promise<ChangedKeys>;
  /** The entities of which something was committed since a mark of each. */
  changedSince(marks: ReadonlyMap<EmbeddedEntity, string>): Promise<readonly EmbeddedEntity[]>;
  /** Documents under keys, as they are now; and the keys of which there is nothing any more. */
  read(
    entity: EmbeddedEntity,
    keys: readonly string[],
  ): Promise<{ readonly documents: readonly ErpDocument[]; readonly gone: readonly string[] }>;
  /** Books a wish once under its reference. Throws only when nothing was booked, for certain. */
  book(wish: ErpWish): Promise<ErpOutcome>;
  /** What was booked under a wish's reference, however long ago. Undefined: nothing was. */
  bookedUnder(wish: ErpWish): Promise<BookedAs | undefined>;
};

export type Between = {
  readonly since: string;
  readonly until: string;
  readonly after?: string | undefined;
};

/** Some keys, one or several times. `at`: from where the next are asked for. */
export type ChangedKeys = {
  readonly keys: readonly string[];
  readonly at: string;
  readonly more: boolean;
};

/** A document as the ERP states it: decimals and days are text, empty fields are left out. */
export type ErpDocument = {
  readonly key: string;
  readonly version?: string;
  readonly content: JsonObject;
};

/** What is to be booked. */
export type ErpWish = {
  readonly operation: string;
  readonly reference: string;
  readonly payload: JsonObject;
  readonly target?: { readonly key: string; readonly version?: string };
};

/** What something was booked as. */
export type BookedAs = {
  readonly key: string;
  readonly version?: string;
  readonly number?: string;
  readonly status?: string;
};

/** What came of a wish. */
export type ErpOutcome =
  | { readonly kind: 'booked'; readonly as: BookedAs }
  | {
      readonly kind: 'refused'; // Nothing is left of it.
      readonly problem: {
        readonly code: string;
        readonly message: string;
        readonly field?: string;
      };
    }
  | { readonly kind: 'unsettled'; readonly why: string }; // It may have been booked.
