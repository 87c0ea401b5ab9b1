import type { Handle } from '#database';
import { findLegalEntity } from '#erp/company';
import { dayIn } from '#kernel/time';
import type { Clock, LocalDate } from '#kernel/time';

/** The day it is where a legal entity is. */
export async function todayOf(handle: Handle, clock: Clock, entity: string): Promise<LocalDate> {
  return dayIn((await findLegalEntity(handle, entity))?.timeZone ?? 'UTC', clock());
}
