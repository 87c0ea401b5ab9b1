import { describeError, RialtoError } from '#kernel';

/** Tells a person what went wrong and what helps; a fault of ours with its stack. */
export function tellError(error: unknown): void {
  console.error(`Not done: ${describeError(error)}`);
  if (error instanceof RialtoError) {
    if (error.remedy !== undefined) console.error(error.remedy);
    return;
  }
  if (error instanceof Error && error.stack !== undefined) console.error(error.stack);
}
