import type { Instant, LocalDate } from '#kernel/time';
import type { ErpContext } from './context.ts';

/**
 * When what bears a day was written down: now, the same for all of one command. A history that is written
 * later says that each was written on its day (`ErpContext.writtenOn`).
 */
export function momentsOf({
  clock,
  writtenOn,
}: Pick<ErpContext, 'clock' | 'writtenOn'>): (on?: LocalDate) => Instant {
  const now = clock();
  return (on) => (on === undefined || writtenOn === undefined ? now : writtenOn(on));
}
