import { checkContent } from '#canonical';
import type { ContentOf, RecordKind } from '#canonical';
import type { Handle } from '#database';
import { refuse } from '#erp/company';
import type { ErpContext, LegalEntity, Result } from '#erp/company';
import type { JsonObject } from '#kernel';
import { dayIn, parseLocalDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { GateProblemCode } from '../errors.ts';

/** What is to be booked, in everybody's words: the content of a record, its keys the ERP's own. */
export type Wish = {
  readonly operation: string;
  readonly reference: string; // Under which it is booked once, and found again for ever.
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

/** Where something is booked. */
export type Desk = {
  readonly tx: Handle;
  readonly context: ErpContext;
  readonly entity: LegalEntity;
  readonly wish: Wish;
};

/** Books one wish. What it refuses has to be rolled back by the caller. */
export type Booking = (desk: Desk) => Promise<Result<BookedAs>>;

/** A booking of content of a kind. */
export const bookingOf =
  <Kind extends RecordKind>(
    kind: Kind,
    book: (desk: Desk, content: ContentOf<Kind>) => Promise<Result<BookedAs>>,
  ): Booking =>
  async (desk) => {
    const checked = checkContent(kind, desk.wish.payload);
    if (!checked.ok) {
      const { field = '', reason = 'it is none' } = checked.problems[0] ?? {};
      return no('gate.bad-content', `${field}: ${reason}`, field);
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind chose the schema.
    return await book(desk, checked.record.content as ContentOf<Kind>);
  };

/** A booking of a change of something that is there. */
export const changeOf =
  (book: (desk: Desk, target: NonNullable<Wish['target']>) => Promise<Result<BookedAs>>): Booking =>
  async (desk) =>
    desk.wish.target === undefined
      ? no('gate.no-target', 'it does not say what is to be changed')
      : await book(desk, desk.wish.target);

/** The gate's own no. */
export const no = (code: GateProblemCode, message: string, field?: string): Result<never> =>
  refuse(code, message, field);

/** What came of the one draft that was asked for. */
export const only = <T>(results: readonly Result<T>[]): Result<T> =>
  results[0] ?? no('gate.bad-content', 'nothing came of it');

/** The day a change counts: as the payload says, else today in the legal entity. */
export function dayOf({ wish, entity, context }: Desk, ...fields: readonly string[]): LocalDate {
  for (const field of fields) {
    const said = wish.payload[field];
    const day = typeof said === 'string' ? parseLocalDate(said) : undefined;
    if (day !== undefined) return day;
  }
  return dayIn(entity.timeZone, context.clock());
}

/** A version as it was seen. Undefined: none was. */
export const versionOf = ({ version }: NonNullable<Wish['target']>): number | undefined =>
  version !== undefined && /^\d{1,9}$/.test(version) ? Number(version) : undefined;
