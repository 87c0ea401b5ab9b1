import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';

/** What can go wrong here, for callers to switch on. */
export type WorkflowErrorCode =
  | 'workflow.unknown-job'
  | 'workflow.unknown-schedule'
  | 'workflow.wrong-state'
  | 'workflow.bad-schedule';

/** Makes an error of this module. */
export function workflowError(
  kind: ErrorKind,
  code: WorkflowErrorCode,
  message: string,
  remedy: string,
): RialtoError<WorkflowErrorCode> {
  return new RialtoError(kind, code, message, { remedy });
}
