/** One request as it goes over the wire. Header names in lower case. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** One answer as it came. Header names in lower case; what came more than once is joined by ', '. */
export type WireResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Carries one request to its host and brings the answer, whatever its status. */
export type Transport = (request: WireRequest, stop: AbortSignal) => Promise<WireResponse>;

/** How far a request came that brought no answer. */
export type Reach =
  | 'refused' // We may not go there. Nothing was sent, and trying again changes nothing.
  | 'not-sent' // No connection came to be: nothing was sent.
  | 'uncertain' // It was sent, at least in part: what became of it cannot be told.
  | 'unreadable'; // It was sent and answered, but the answer is too large or no text.

/** Why a transport brought no answer. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly reach: Reach;

  constructor(reach: Reach, message: string) {
    super(message);
    this.reach = reach;
  }
}
