import type { Sentence, Slots } from './sentence.ts';

/** What the caller should do about it. Nine kinds, for ever; `api` maps each to one HTTP status. */
export type ErrorKind =
  | 'invalid' // Fix the request.                     400
  | 'unauthenticated' // Say who you are.             401
  | 'forbidden' // Ask an owner.                      403
  | 'not-found' // It is not there, or not yours.     404
  | 'conflict' // Read again, then decide again.      409
  | 'limited' // Wait `retryAfterMs`.                 429
  | 'unavailable' // Try again; nothing happened.     503
  | 'uncertain' // Look before trying again.          504
  | 'bug'; // Tell us.                                500

/** An operational failure. `message`: what we were doing. `cause`: why. `remedy`: what to do now. */
export class RialtoError<Code extends string = string> extends Error {
  override readonly name = 'RialtoError';
  readonly kind: ErrorKind;
  readonly code: Code; // '<module>.<what-went-wrong>': stable, documented, safe to switch on.
  readonly remedy: string | undefined;
  readonly slots: Slots | undefined; // What message and remedy name, for other languages.
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ErrorKind,
    code: Code,
    message: string,
    more: {
      readonly cause?: unknown;
      readonly remedy?: string;
      readonly slots?: Slots;
      readonly retryAfterMs?: number;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.code = code;
    this.remedy = more.remedy;
    this.slots = more.slots;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** One line for the log: every message down the chain. Nothing else in Rialto walks `cause`. */
export function describeError(error: unknown): string {
  const messages: string[] = [];
  let at = error;
  while (at instanceof Error && messages.length < 10) {
    messages.push(at.message);
    at = at.cause;
  }
  return (messages.join(': ') || String(error)).replaceAll(/\s*\n\s*/g, ' ');
}

/** An error as a sentence: all it says in English, and its code for other languages. */
export function sentenceOf(error: unknown): Sentence | { readonly text: string } {
  const text = describeError(error);
  if (!isRialto(error)) return { text };
  const { code, remedy, slots = {} } = error;
  return { text: remedy === undefined ? text : `${text}. ${remedy}`, code, slots };
}

const isRialto = (error: unknown): error is RialtoError => error instanceof RialtoError;
