import { outcomeOfFailure } from '#adapter-kit';
import type { Command, PrintableJson, WriteOutcome } from '#adapter-kit';
import { evaluate, textAt, valueAt } from '#adapter-kit/expression';
import type { Misfit } from '#adapter-kit/expression';
import type { HttpRequest } from '#adapter-kit/http';
import type { Json, JsonObject } from '#kernel';
import { ask, jsonBody, urlOf } from './connection.ts';
import type { Connection } from './connection.ts';
import { fillTemplate } from './fill-template.ts';
import type { Values } from './fill-template.ts';
import type { Refusal } from './judge-answer.ts';
import type { HttpOperation } from './profile/operation.ts';

/** What a command becomes: a request, or why it cannot become one. */
type Written =
  | { readonly request: HttpRequest & { readonly method: string } }
  | { readonly misfits: readonly Misfit[] };

/** Sends a command once. Never throws. */
export async function writeCommand(
  connection: Connection,
  command: Command,
  stop: AbortSignal,
): Promise<WriteOutcome> {
  const operation = operationOf(connection, command);
  if (operation === undefined) {
    const reason = `the profile '${connection.profile.name}' has no '${command.operation}'`;
    return { outcome: 'rejected', why: 'unsupported', code: 'none', reason };
  }
  const written = requestOf(connection, operation, command);
  if ('misfits' in written) return unfit(written.misfits);
  try {
    const { answer, judgement } = await ask(connection, written.request, stop);
    if (!judgement.ok) return refused(judgement.refusal);
    return accepted(operation, command, { headers: answer.headers, body: judgement.body });
  } catch (error) {
    return outcomeOfFailure(error);
  }
}

/** What would be sent, without what signs it. */
export function previewCommand(connection: Connection, command: Command): Json {
  const operation = operationOf(connection, command);
  if (operation === undefined) return { unsupported: command.operation };
  const written = requestOf(connection, operation, command);
  if ('misfits' in written) return { misfits: written.misfits };
  const { method, url, headers = {}, body } = written.request;
  const { mask } = connection.client;
  return {
    method,
    url: mask.url(url),
    headers: mask.headers(headers),
    ...(body === undefined ? {} : { body: mask.text(body) }),
  };
}

/** How an operation is sent; undefined: not at all. */
export const operationOf = (
  { profile: { operations } }: Connection,
  { operation }: Command,
): HttpOperation | undefined =>
  Object.hasOwn(operations, operation) ? operations[operation] : undefined;

/** What placeholders stand for in what is sent for a command. */
export const valuesOf =
  ({ reference, target, payload }: Command): Values =>
  (name) => {
    if (name === 'reference') return reference;
    if (name === 'target.key') return target?.key;
    if (name === 'target.version') return target?.version;
    return name.startsWith('payload.') ? textAt(payload, name.slice('payload.'.length)) : undefined;
  };

function requestOf(connection: Connection, operation: HttpOperation, command: Command): Written {
  const values = valuesOf(command);
  const misfits: Misfit[] = [];
  const path = fillTemplate(operation.path, values, 'path');
  if (path === undefined) {
    misfits.push({ field: 'target', reason: `the path ${operation.path} needs what is not there` });
  }
  const made: { value?: PrintableJson | undefined; misfits: readonly Misfit[] } =
    operation.body === undefined ? { misfits: [] } : evaluate(operation.body, command);
  misfits.push(...made.misfits);
  if (path === undefined || misfits.length > 0) return { misfits };
  const url = urlOf(connection, { path, query: filledTexts(operation.query, values) });
  const own = filledTexts(operation.headers, values);
  const safety = operation.idempotent === true ? 'idempotent' : 'write';
  const base = { method: operation.method, url, safety } as const;
  if (made.value === undefined) return { request: { ...base, headers: own } };
  const { headers, body } = jsonBody(made.value);
  return { request: { ...base, headers: { ...headers, ...own }, body } };
}

/** Those of which every placeholder stands for something. */
export function filledTexts(
  templates: Readonly<Record<string, string>> = {},
  values: Values,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, template]) => {
      const text = fillTemplate(template, values, 'plain');
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** What an accepted command was booked as. */
export function accepted(
  { result }: HttpOperation,
  { target }: Command,
  {
    headers,
    body,
  }: { readonly headers: Readonly<Record<string, string>>; readonly body: Json | undefined },
): WriteOutcome {
  const key = result.key === undefined ? target?.key : keyIn(result.key, headers, body);
  if (key === undefined || key === '') {
    return { outcome: 'uncertain', reason: 'it was accepted, but the answer does not name it' };
  }
  const { version, detail = {} } = result;
  const now = version && ('path' in version ? textAt(body, version.path) : headers[version.header]);
  const said = detailOf(body, detail);
  return {
    outcome: 'accepted',
    key,
    ...(now === undefined ? {} : { version: now }),
    ...(Object.keys(said).length === 0 ? {} : { detail: said }),
  };
}

/** What else an answer says, by our words for it. */
export function detailOf(
  body: Json | undefined,
  paths: Readonly<Record<string, string>>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) => {
      const value = valueAt(body, path);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function keyIn(
  place: NonNullable<HttpOperation['result']['key']>,
  headers: Readonly<Record<string, string>>,
  body: Json | undefined,
): string | undefined {
  if ('path' in place) return textAt(body, place.path);
  const [path = ''] = (headers['location'] ?? '').split(/[?#]/);
  return lastStep(path);
}

/** '/orders/12', '/orders(12)' and "/orders('12')" all name '12'. */
function lastStep(path: string): string | undefined {
  const step = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const inner = /\('?([^()]*?)'?\)$/.exec(step)?.[1] ?? step;
  try {
    return decodeURIComponent(inner);
  } catch {
    return inner;
  }
}

/** A command that cannot be said in the words of the system. */
export const unfit = (misfits: readonly Misfit[]): WriteOutcome => ({
  outcome: 'rejected',
  why: 'invalid',
  code: 'none',
  reason: misfits.map(({ field, reason }) => `${field} ${reason}`).join('; '),
  ...(misfits[0] === undefined ? {} : { field: misfits[0].field }),
});

/** A no, as the outcome of a write. */
export function refused({ status, why, code, reason, field, retryAfterMs }: Refusal): WriteOutcome {
  if (why === 'uncertain') return { outcome: 'uncertain', reason: `${status} ${reason}` };
  return {
    outcome: 'rejected',
    why,
    code,
    reason,
    ...(field === undefined ? {} : { field }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
