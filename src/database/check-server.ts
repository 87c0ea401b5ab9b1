import type { Pool } from 'pg';
import { databaseError, sqlStateOf } from './errors.ts';
import type { DatabaseErrorCode } from './errors.ts';

const VERSION_MIN = 15;

/** Fails, saying what helps, when a PostgreSQL cannot be reached or is too old for us. */
export async function checkServer(pool: Pool, url: string): Promise<void> {
  let version: number;
  try {
    const { rows } = await pool.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    version = Math.floor(Number(rows[0]?.version) / 10_000);
  } catch (error) {
    const { code, remedy } = reasonOf(error);
    throw databaseError('unavailable', code, `opening ${withoutSecret(url)}`, {
      cause: withWords(error),
      remedy,
    });
  }
  if (version >= VERSION_MIN) return;
  const message = `opening ${withoutSecret(url)}: it is PostgreSQL ${version}`;
  throw databaseError('conflict', 'database.too-old', message, {
    remedy: `Rialto needs PostgreSQL ${VERSION_MIN} or newer: upgrade it, or leave DATABASE_URL out to use the one that comes along.`,
  });
}

function reasonOf(error: unknown): { readonly code: DatabaseErrorCode; readonly remedy: string } {
  const state = sqlStateOf(error) ?? '';
  if (state.startsWith('28')) {
    return { code: 'database.refused', remedy: 'Correct the user and password in DATABASE_URL.' };
  }
  if (state === '3D000') {
    return {
      code: 'database.refused',
      remedy: 'Create that database (createdb), or correct its name in DATABASE_URL.',
    };
  }
  return {
    code: 'database.unreachable',
    remedy: 'Check that PostgreSQL runs there and that DATABASE_URL is right.',
  };
}

/** Node tells of several failed addresses in one error that has no words of its own. */
function withWords(error: unknown): unknown {
  if (!(error instanceof AggregateError) || error.message !== '') return error;
  const each = error.errors.map((one: unknown) =>
    one instanceof Error ? one.message : String(one),
  );
  return new Error(each.join('; '));
}

/** The address without its password, wherever in it that stands. */
function withoutSecret(url: string): string {
  if (!URL.canParse(url)) return 'the address in DATABASE_URL';
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
