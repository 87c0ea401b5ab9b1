import { join } from 'node:path';
import { databaseError } from './errors.ts';

/** Why PostgreSQL did not start, from what it said. */
export function couldNotStart(folder: string, said: string, cause?: Error): Error {
  const reason = cause ?? new Error(said.trim().split('\n').slice(-3).join(' '));
  if (/No space left on device/.test(said)) {
    return databaseError('unavailable', 'database.disk-full', `starting in ${folder}`, {
      cause: reason,
      remedy: 'Free some disk space there, then start again.',
    });
  }
  if (/Permission denied/.test(said)) {
    return databaseError('unavailable', 'database.could-not-start', `starting in ${folder}`, {
      cause: reason,
      remedy:
        'Start as the user that owns this folder (root: one that other users may enter), or choose another with --data-dir.',
    });
  }
  return databaseError(
    'unavailable',
    'database.could-not-start',
    `starting PostgreSQL in ${folder}`,
    {
      cause: reason,
      remedy: `Read ${join(folder, 'postgres.log')}, or set DATABASE_URL to a PostgreSQL of your own.`,
    },
  );
}
