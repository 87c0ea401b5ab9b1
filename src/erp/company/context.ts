import type { Clock } from '#kernel/time';

/** For whom, by whom and when a command runs. */
export type ErpContext = {
  readonly clock: Clock;
  readonly by: string;
  readonly legalEntity: string; // Its code.
  readonly roles?: readonly string[]; // Of `by`: who may post to a soft-closed period.
};
