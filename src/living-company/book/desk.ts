import type { Handle } from '#database';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Catalogue, Trade } from '../world/catalogue.ts';
import type { Intent } from '../world/intent.ts';
import type { Names } from './names.ts';

/** A document as it was booked. */
export type Noted = {
  readonly id: string;
  readonly number: string;
  readonly item?: string; // What it left open.
  readonly amount?: Decimal; // Of a payment.
  readonly on: LocalDate; // Some time after it nothing refers to it any more.
};

/** Where the days of one legal entity are booked, within one transaction. */
export type Desk = {
  readonly tx: Handle;
  readonly context: ErpContext;
  readonly trade: Trade;
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly before: ReadonlyMap<string, Noted>; // What was booked before, by key.
  readonly noted: Map<string, Noted>; // What is booked here.
  /** How often the ERP refused something, by its code. */
  readonly refused: Map<string, number>;
};

/** Intents of one kind. */
export type Of<Kind extends Intent['kind']> = Extract<Intent, { readonly kind: Kind }>;

/** What was booked under a key. Undefined: it was refused. */
export const documentOf = ({ noted, before }: Desk, key: string): Noted | undefined =>
  noted.get(key) ?? before.get(key);

/** The id of something that was founded with the company. */
export function idOf({ names }: Pick<Desk, 'names'>, name: string): string {
  const id = names.get(name);
  assert(id !== undefined, `nothing is called ${name}`);
  return id;
}

/** Counts a refusal. */
export function refuse({ refused }: Desk, code: string): void {
  refused.set(code, (refused.get(code) ?? 0) + 1);
}

/** Said of what cannot be booked because what it stands on was refused. */
export const STANDS_ON_NOTHING = 'living-company.stands-on-what-was-refused';

type Answer = { readonly id?: string; readonly number?: string; readonly item?: string };

/**
 * Books intents by one command of an area. What stands on something that was refused is left out;
 * what is booked is noted under its key.
 */
export async function book<I extends Intent, D, T extends Answer>(
  desk: Desk,
  intents: readonly I[],
  draftOf: (intent: I) => D | undefined,
  command: (drafts: readonly D[]) => Promise<readonly Result<T>[]>,
): Promise<void> {
  const asked = intents.flatMap((intent) => {
    const draft = draftOf(intent);
    if (draft === undefined) refuse(desk, STANDS_ON_NOTHING);
    return draft === undefined ? [] : [{ intent, draft }];
  });
  if (asked.length === 0) return;
  const results = await command(asked.map(({ draft }) => draft));
  for (const [at, { intent }] of asked.entries()) {
    const result = results[at];
    if (result?.ok === true) note(desk, intent, result.value);
    else refuse(desk, result?.problem.code ?? 'unanswered');
  }
}

/** A day that never comes. */
export const FOR_EVER = localDate('9999-12-31');

/** What is referred to for as long as there is a company. */
const LASTING: ReadonlySet<Intent['kind']> = new Set(['project', 'subscription']);

/** Notes what was booked for an intent. */
export function note(desk: Desk, intent: Intent, of: Answer & Partial<Noted>): void {
  const { key, kind } = intent;
  const on = LASTING.has(kind) ? FOR_EVER : intent.on;
  const { id = '', number = '', item, amount } = of;
  desk.noted.set(key, {
    id,
    number,
    on,
    ...(item === undefined ? {} : { item }),
    ...(amount === undefined ? {} : { amount }),
  });
}
