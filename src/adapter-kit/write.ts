import type { JsonObject } from '#kernel';
import type { Operation } from './operation.ts';

/** One thing to be booked in a system, exactly once. */
export type Command = {
  readonly operation: Operation;
  /** Our own reference, kept by the system in a field of its own: A-Z, 0-9 and '-', at most 32. */
  readonly reference: string;
  readonly payload: JsonObject; // Canonical content of the operation's kind, decimals as text.
  readonly target?: {
    readonly key: string; // What it changes, cancels or reverses: the system's key.
    readonly version?: string; // As we last saw it: the system refuses when it has moved on.
  };
};

/** What came of sending a command. */
export type WriteOutcome =
  | {
      readonly outcome: 'accepted';
      readonly key: string; // The system's key of what was booked.
      readonly version?: string;
      readonly detail?: JsonObject; // Its number, status: whatever the system said.
    }
  | {
      readonly outcome: 'rejected'; // Nothing was booked: that is certain.
      readonly why: Rejection;
      readonly code: string; // The system's own code, or Rialto's; else 'none'.
      readonly reason: string; // For a person.
      readonly field?: string;
      readonly retryAfterMs?: number;
    }
  | {
      readonly outcome: 'uncertain'; // It may have been booked: look before anything else.
      readonly code?: string; // Rialto's own, where it is one of its errors.
      readonly reason: string;
    }
  | {
      /** It lies where the system will fetch it; what comes of it is known only by looking. */
      readonly outcome: 'handed-over';
      readonly place: string; // Where it lies, for a person: a file, a row of an interface table.
      readonly detail?: JsonObject;
    };

/** Why nothing was booked. The last two may be tried again as they are. */
export type Rejection =
  | 'invalid' // The system will never take it like this.
  | 'conflict' // The target has moved on since we saw it.
  | 'not-found' // The target is not there.
  | 'forbidden' // Our user may not.
  | 'unsupported' // The adapter lacks it. Nothing was sent.
  | 'limited' // Too many at once.
  | 'unavailable'; // Not reached at all.

/** A command found booked. */
export type Found = {
  readonly key: string;
  readonly version?: string;
  readonly detail?: JsonObject;
};

/** A command that was handed over, and is not yet taken up or not yet answered. */
export type Waiting = { readonly waiting: string }; // Where it lies, for a person.

/** A command that was taken up and refused: it is certainly not booked. */
export type Refused = {
  readonly refused: {
    readonly why: Rejection;
    readonly code: string; // The system's own code, or Rialto's; else 'none'.
    readonly reason: string; // For a person.
    readonly field?: string;
  };
};
