import type { Rejection } from '#adapter-kit';
import type { Json } from '#kernel';
import { textOf } from './wire.ts';

/** Why Tryton refused a call. Its transaction was rolled back. */
export type Refusal = {
  readonly why: Extract<Rejection, 'invalid' | 'conflict' | 'not-found' | 'forbidden'>;
  readonly code: string; // UserError, UserWarning, ConcurrencyException; 'none': a programming error.
  readonly reason: string;
};

/**
 * Reads the `error` of an answer that came with status 200: `[name, what it holds]`. A programming
 * error has no name of Tryton's own: it is our mistake, or a module we do not know.
 */
export function refusalOf(error: Json): Refusal {
  const parts: readonly Json[] = Array.isArray(error) ? error : [];
  const [first, second = null] = parts;
  const code = textOf(first);
  const details: readonly Json[] = Array.isArray(second) ? second : [];
  switch (code) {
    case 'UserError': {
      const [message, description] = details.map(textOf);
      const reason = [message, description].filter((part) => (part ?? '') !== '').join(' ');
      return { why: whyOf(reason), code, reason };
    }
    case 'UserWarning': {
      const [, message, description] = details.map(textOf);
      const reason = [message, description].filter((part) => (part ?? '') !== '').join(' ');
      return { why: 'invalid', code, reason: `Tryton asks a person to confirm: ${reason}` };
    }
    case 'ConcurrencyException':
      return {
        why: 'conflict',
        code,
        reason: textOf(second) || 'It was changed in the meanwhile.',
      };
    default:
      return { why: 'invalid', code: 'none', reason: `Tryton failed: ${code.slice(0, 500)}` };
  }
}

/** Tryton tells these apart by words alone; we always ask in English. */
function whyOf(reason: string): Refusal['why'] {
  if (/^You are not allowed to/i.test(reason)) return 'forbidden';
  return /don't exist anymore/.test(reason) ? 'not-found' : 'invalid';
}
