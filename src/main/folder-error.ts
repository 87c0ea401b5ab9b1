import { RialtoError } from '#kernel';
import { mainError } from './errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const CLOSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR']);

/** A failure to write below the data folder, said so that a person knows what to do. */
export function folderError(path: string, cause: unknown): Error {
  const full = FULL.has(codeOf(cause));
  return mainError(
    'unavailable',
    full ? 'main.no-space' : 'main.data-folder',
    `writing to the data folder (${path})`,
    {
      cause,
      remedy: full
        ? 'Free some disk space there, then start again.'
        : 'Make it a folder that you may write to, or choose another with --data-dir.',
    },
  );
}

/** The same for whatever a start failed with; an error that says what helps stays as it is. */
export function folderErrorOr(error: unknown, dataDir: string): unknown {
  if (error instanceof RialtoError) return error;
  const code = codeOf(error);
  const isFull = error instanceof Error && /No space left on device/i.test(error.message);
  if (isFull) return folderError(dataDir, Object.assign(error, { code: 'ENOSPC' }));
  return FULL.has(code) || CLOSED.has(code) ? folderError(dataDir, error) : error;
}

/** Node's name for a failure of the system, or ''. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
