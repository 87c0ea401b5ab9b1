import { parseExactJson, printExactJson } from '#adapter-kit';
import type { Safety, Send } from '#adapter-kit/http';
import { assert } from '#kernel';
import type { Json, JsonObject } from '#kernel';
import { trytonError } from './errors.ts';
import { refusalOf } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { TrytonSettings } from './settings.ts';
import { isId, plain, textOf } from './wire.ts';
import type { Sent } from './wire.ts';

/** Calls Tryton's methods in one company. */
export type Rpc = {
  /** Calls a method that changes nothing. Fails where Tryton refuses. */
  read(model: string, method: string, params: readonly Sent[], stop: AbortSignal): Promise<Json>;
  /** The same with more in the context: locations, days. */
  readWith(
    context: { readonly [key: string]: Sent },
    call: { readonly model: string; readonly method: string; readonly params: readonly Sent[] },
    stop: AbortSignal,
  ): Promise<Json>;
  /** Calls a method that books. What Tryton refuses is a value: nothing was booked by this call. */
  write(call: WriteCall, stop: AbortSignal): Promise<Written>;
  /** The company that is worked in. */
  company(stop: AbortSignal): Promise<string>;
  /** The code of its currency, which costs are stated in. */
  currency(stop: AbortSignal): Promise<string>;
};

export type WriteCall = {
  readonly model: string;
  readonly method: string;
  readonly params: readonly Sent[];
  /** Refused when one of these records that it writes to has another `_timestamp` by now. */
  readonly seen?: readonly Seen[];
};

/** A record as it was when it was looked at. */
export type Seen = { readonly model: string; readonly key: string; readonly version: string };

export type Written =
  | { readonly ok: true; readonly result: Json }
  | { readonly ok: false; readonly refusal: Refusal };

type Called = {
  readonly method: string;
  readonly params: readonly Sent[];
  readonly safety: Safety;
};

/** The place of one database; with a slash at its end, or Tryton sends the caller on. */
export const databaseUrl = ({ url, database }: TrytonSettings): string =>
  `${url.replace(/\/+$/, '')}/${encodeURIComponent(database)}/`;

/** Inactive parties and items are read too: they are told by their own field. */
const CONTEXT = { language: 'en', active_test: false };

export function createRpc(settings: TrytonSettings, send: Send): Rpc {
  const call = (called: Called, stop: AbortSignal) => callOnce(settings, send, called, stop);
  const companyOf = once((stop) =>
    settings.company === undefined ? ask(call, stop) : Promise.resolve(settings.company),
  );
  const readWith: Rpc['readWith'] = async (more, { model, method, params }, stop) => {
    const context = { ...CONTEXT, company: integer(await companyOf(stop)), ...more };
    const name = `model.${model}.${method}`;
    const answer = await call({ method: name, params: [...params, context], safety: 'read' }, stop);
    if (answer.ok) return answer.result;
    throw asError(answer.refusal, `reading ${model} from Tryton`);
  };
  const read: Rpc['read'] = (model, method, params, stop) =>
    readWith({}, { model, method, params }, stop);
  return {
    company: companyOf,
    currency: once(async (stop) => {
      const params = [[integer(await companyOf(stop))], ['currency.code']];
      const [company] = asObjects(await read('company.company', 'read', params, stop));
      return textOf(asObject(company?.['currency'] ?? null)['code']);
    }),
    readWith,
    read,
    async write({ model, method, params, seen = [] }, stop) {
      const context = {
        ...CONTEXT,
        company: integer(await companyOf(stop)),
        _timestamp: Object.fromEntries(
          seen.map((each) => [`${each.model},${each.key}`, each.version]),
        ),
      };
      const name = `model.${model}.${method}`;
      return call({ method: name, params: [...params, context], safety: 'write' }, stop);
    },
  };
}

/** Asks once for all; asks again after a failure. */
function once(
  asked: (stop: AbortSignal) => Promise<string>,
): (stop: AbortSignal) => Promise<string> {
  let answer: Promise<string> | undefined;
  return async (stop) => {
    answer ??= asked(stop);
    try {
      return await answer;
    } catch (error) {
      answer = undefined;
      throw error;
    }
  };
}

const integer = (key: string): Sent => {
  assert(isId(key), `'${key}' is an id`);
  return Number(key);
};

type Call = (called: Called, stop: AbortSignal) => Promise<Written>;

async function ask(call: Call, stop: AbortSignal): Promise<string> {
  const method = 'model.res.user.get_preferences';
  const answer = await call({ method, params: [true, {}], safety: 'read' }, stop);
  const company = answer.ok ? textOf(asObject(answer.result)['company']) : '';
  if (isId(company)) return company;
  throw trytonError('invalid', 'tryton.refused', 'asking which company the user works in', {
    remedy: 'Give the user a company in Tryton, or name its id in the settings.',
  });
}

async function callOnce(
  settings: TrytonSettings,
  send: Send,
  { method, params, safety }: Called,
  stop: AbortSignal,
): Promise<Written> {
  const answer = await send(
    {
      method: 'POST',
      url: databaseUrl(settings),
      headers: { 'content-type': 'application/json' },
      body: printExactJson({ id: 1, method, params }),
      safety,
    },
    stop,
  );
  if (answer.status !== 200) throw statusError(answer.status, method, safety);
  const body = asObject(parseExactJson(answer.body) ?? null);
  if ('error' in body) return { ok: false, refusal: refusalOf(plain(body['error'] ?? null)) };
  if ('result' in body) return { ok: true, result: plain(body['result'] ?? null) };
  throw trytonError(
    safety === 'read' ? 'unavailable' : 'uncertain',
    'tryton.answer-unreadable',
    `reading Tryton's answer to ${method}`,
    { remedy: 'Check that the address is a Tryton server and not a page in front of it.' },
  );
}

/** A status other than 200 comes from the server around Tryton's methods, not from a method. */
function statusError(status: number, method: string, safety: Safety): Error {
  const doing = `calling ${method}: Tryton answered ${status}`;
  if (status === 401) {
    return trytonError('unauthenticated', 'tryton.signed-out', doing, {
      remedy: 'Check user and password.',
    });
  }
  if (status === 403) {
    return trytonError('forbidden', 'tryton.no-rights', doing, {
      remedy: 'Check that the Tryton module with this method is active.',
    });
  }
  if (status === 429) {
    return trytonError('limited', 'tryton.no-answer', doing, { remedy: 'Wait, then try again.' });
  }
  if (status === 404 || status === 400) {
    return trytonError('invalid', 'tryton.refused', doing, {
      remedy: 'Check the address and the name of the database.',
    });
  }
  return safety === 'read'
    ? trytonError('unavailable', 'tryton.no-answer', doing, { remedy: 'Try again.' })
    : trytonError('uncertain', 'tryton.no-answer', doing, {
        remedy: 'Look whether it was booked before trying again.',
      });
}

/** A refusal as an error, where nobody can do with a value. */
export function asError(refusal: Refusal, doing: string): Error {
  const cause = new Error(refusal.reason);
  if (refusal.why === 'forbidden') {
    return trytonError('forbidden', 'tryton.no-rights', doing, {
      cause,
      remedy: 'Put the user into the groups that the guide names.',
    });
  }
  return refusal.code === 'none'
    ? trytonError('bug', 'tryton.not-understood', doing, { cause })
    : trytonError('invalid', 'tryton.refused', doing, { cause, remedy: refusal.reason });
}

/** An answer that should be an object; anything else holds no fields. */
export function asObject(value: Json): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- neither null nor a list.
  return value as JsonObject;
}

/** An answer that should be a list of objects. */
export const asObjects = (value: Json): readonly JsonObject[] =>
  Array.isArray(value) ? value.map((part: Json) => asObject(part)) : [];
