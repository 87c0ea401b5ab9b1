import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteName } from '#api-contract';
import { ADDRESSES } from './addresses.ts';
import type { Address, UsedRoute } from './addresses.ts';

/** What the server says when it cannot answer: an RFC 9457 problem document. */
export type Problem = {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly kind?: string;
  readonly remedy?: string; // What to do about it.
  readonly slots?: Readonly<Record<string, string>>; // What it names, for other languages.
  readonly traceId?: string;
  readonly problems?: readonly FieldProblem[];
};

/** What is wrong with one field of a request, 'lines.0.quantity'. */
export type FieldProblem = { readonly field: string; readonly reason: string };

/** The server refused or could not be reached (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined, options?: ErrorOptions) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`, options);
    this.status = status;
    this.problem = problem;
  }
}

export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401;

export type Query = Readonly<Record<string, unknown>>;

/** An address of the API with its query; what is neither text nor number is left out. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (typeof value === 'string' || typeof value === 'number') search.set(name, `${value}`);
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

const textField = (from: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(from, name);
  return typeof value === 'string' ? value : undefined;
};

/** Which fields a problem names; where in the request they stood is left out. */
function fieldsOf(body: object): readonly FieldProblem[] {
  const told: unknown = Reflect.get(body, 'problems');
  if (!Array.isArray(told)) return [];
  return told.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const [field, reason] = [textField(one, 'field'), textField(one, 'reason')];
    if (field === undefined || reason === undefined) return [];
    return [{ field: field.replace(/^body\./, ''), reason }];
  });
}

async function problemOf(reply: Response): Promise<Problem | undefined> {
  const body: unknown = await reply.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) return undefined;
  const texts: Record<string, string> = {};
  for (const name of ['title', 'detail', 'code', 'kind', 'remedy', 'traceId']) {
    const text = textField(body, name);
    if (text !== undefined) texts[name] = text;
  }
  const problem = { ...texts, problems: fieldsOf(body) };
  const slots: unknown = Reflect.get(body, 'slots');
  if (typeof slots !== 'object' || slots === null) return problem;
  const filled = Object.entries(slots).map(([name, slot]) => [name, String(slot)] as const);
  return { ...problem, slots: Object.fromEntries(filled) };
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(address, init).catch((cause: unknown) => {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError(0, undefined, { cause });
  });
  if (!reply.ok) throw new ApiError(reply.status, await problemOf(reply));
  return reply;
}

/** What a call hands over; each part is checked against the route's types by the caller's compiler. */
export type CallInput<Name extends RouteName> = {
  readonly params?: ParamsOf<Name>;
  readonly query?: QueryOf<Name>;
  readonly body?: BodyOf<Name>;
  readonly signal?: AbortSignal;
  readonly key?: string; // The same key books once, however often it is sent.
};

/** A path with what its parts are named by. */
export function pathOf(path: string, params: object | undefined): string {
  return path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(Reflect.get(params ?? {}, name))),
  );
}

/** Calls a route by its address. The server has checked the reply against the route's schema. */
export async function callAt<Name extends RouteName>(
  address: Address<Name>,
  input: CallInput<Name> = {},
): Promise<ReplyOf<Name>> {
  const [method = 'GET', path = ''] = address.split(' ');
  const { params, query, body, signal, key } = input;
  const sends = method === 'POST' || method === 'PUT';
  const reply = await send(addressOf(pathOf(path, params), { ...query }), {
    method,
    headers: {
      accept: 'application/json',
      ...(sends ? { 'content-type': 'application/json' } : {}),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(sends ? { body: JSON.stringify(body ?? {}) } : {}),
    ...(signal === undefined ? {} : { signal }),
  });
  const told: unknown = await reply.json();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checked the reply.
  return told as ReplyOf<Name>;
}

/** Calls a route of the contract by its name. */
export function call<Name extends UsedRoute>(
  name: Name,
  input: CallInput<Name> = {},
): Promise<ReplyOf<Name>> {
  return callAt<Name>(ADDRESSES[name], input);
}
