import type { Clock, Instant, LocalDate } from '#kernel/time';

/** For whom, by whom and when a command runs. */
export type ErpContext = {
  readonly clock: Clock;
  readonly by: string;
  readonly legalEntity: string; // Its code.
  /** When what bears this day was written down, where that is not now: in a history. */
  readonly writtenOn?: (on: LocalDate) => Instant;
  readonly roles?: readonly string[]; // Of `by`: who may post to a soft-closed period.
};
