import { createHash } from 'node:crypto';
import type { Handle } from '#database';
import { once } from '#erp/company';
import type { ErpContext, Problem, Result } from '#erp/company';
import { assert, canonicalJson, RialtoError } from '#kernel';
import type { ErrorKind, Json } from '#kernel';
import { FieldRefusal } from '../errors.ts';
import type { BookingServices, Principal } from '../route.ts';

type Asked = {
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined;
};

/** In whose name a command of the ERP runs. A person's role is what periods are held open to. */
export const contextOf = (
  { principal }: Pick<Asked, 'principal'>,
  { clock }: Pick<BookingServices, 'clock'>,
  legalEntity: string,
): ErpContext => ({ clock, by: principal.id, legalEntity, roles: [principal.role] });

/** What came of a command; what the business refuses becomes a problem document. */
export function granted<T>(result: Result<T> | undefined): T {
  assert(result !== undefined, 'a command answers every draft');
  if (result.ok) return result.value;
  throw refusalOf(result.problem);
}

/** A request as JSON, for telling whether it is the same one. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what came in as JSON is JSON.
export const jsonOf = (request: unknown): Json => JSON.parse(JSON.stringify(request)) as Json;

/** Books once: the same key with the same request gets the same answer, and books nothing. */
export async function bookOnce<T>(
  tx: Handle,
  { clock }: Pick<BookingServices, 'clock'>,
  asked: Asked & { readonly name: string; readonly request: Json },
  work: () => Promise<T>,
): Promise<T> {
  const { principal, idempotencyKey: key, name, request } = asked;
  if (key === undefined) return await work();
  const requestHash = createHash('sha256').update(canonicalJson(request)).digest('hex');
  const scope = `${principal.id} ${name}`;
  const kept = granted(
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a route's answer is JSON.
    await once(tx, clock, { scope, key, requestHash }, async () => (await work()) as Json),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the first time; the reply's schema looks at it.
  return kept.answer as T;
}

function refusalOf({ code, message, field, reasons = [] }: Problem): RialtoError {
  const why = reasons.map((reason) => `${reason.message} (${reason.code})`).join('; ');
  const said = `${message}${why === '' ? '' : `: ${why}`}`;
  return field === undefined
    ? new RialtoError(kindOf(code), code, said)
    : new FieldRefusal(kindOf(code), code, field, said);
}

/** What the caller should do about it, told by the code's words. */
function kindOf(code: string): ErrorKind {
  if (/\.(no-such-|unknown-)/.test(code)) return 'not-found';
  if (/\.(four|same)-eyes$/.test(code)) return 'forbidden';
  return CONFLICT.test(code) ? 'conflict' : 'invalid';
}

/** How things stand speaks against it; another request would not help. */
const CONFLICT =
  /\.(moved-on|above-|already-|below-|expired|not-as-quoted|corrected|discount-not-earned|over-limit|period-|not-closable|not-waiting|not-in-this-state|task-blocked|(supplier|customer)-blocked|year-|key-reused|version-|frozen-|reserved|serial-not-|not-enough-|wrong-state|not-booked|(journal|stock)-refused|over-delivery|returns-too-much|duplicate|downtime-lasts|later-steps-exist|more-than-|not-received|operation-done|purchase-refused|settled|nothing-to-|account-(there|ended)|balance-differs|not-continued|agreement-|budget-approved)|-(exists|taken)$/;
