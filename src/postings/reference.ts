import type { Operation } from '#adapter-kit';
import { derivedId } from '#kernel';

const PREFIX = 'RI';

/**
 * Our own reference for one thing to be booked: the same business key gives the same reference,
 * so that asking twice is asking once. 29 characters of A-Z, 0-9 and '-'.
 */
export function referenceOf(
  integration: string,
  operation: Operation,
  businessKey: string,
): string {
  return derivedId(PREFIX, [integration, operation, businessKey]).replace('_', '-');
}
