import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { mainError } from './errors.ts';

/** How this process runs: what was said on the command line and in the environment. */
export type Settings = {
  readonly dataDir: string;
  readonly port: number; // 0: any free one.
  readonly host: string;
  readonly publicUrl: string | undefined; // Where a proxy on this machine serves us over https.
  readonly sample: boolean; // Found the sample company where nothing is yet.
  readonly databaseUrl: string | undefined; // Absent: the embedded PostgreSQL.
  readonly fiscalYearStartMonth: number;
  readonly timeZone: string; // Whose today "this month" speaks of.
  readonly memoryLimitMb: number; // Of the warehouse.
  readonly masterKey: string | undefined; // Absent: the file in the data folder.
};

/** What flags may say; text as it was typed. */
export type Flags = {
  readonly dataDir?: string | undefined;
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly empty?: boolean | undefined;
};

const Environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'not a postgresql:// address' })
    .optional(),
  RIALTO_FISCAL_YEAR_START: z.coerce.number().int().min(1).max(12).default(1),
  RIALTO_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'not an https:// address' }).optional(),
  RIALTO_TIME_ZONE: z.string().default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  RIALTO_MASTER_KEY: z.string().optional(),
  RIALTO_WAREHOUSE_MB: z.coerce.number().int().min(64).default(512),
  XDG_DATA_HOME: z.string().optional(),
});

const Port = z.coerce
  .number({ error: 'not a number' })
  .int({ error: 'not a whole number' })
  .min(0, { error: 'below 0' })
  .max(65_535, { error: 'above 65535' });

/** Where data lives unless `--data-dir` says otherwise. */
export function dataDirOf(flag: string | undefined, env: NodeJS.ProcessEnv): string {
  if (flag !== undefined && flag !== '') return resolve(flag);
  const { XDG_DATA_HOME: xdg } = parsed(Environment, withoutEmpty(env));
  return join(xdg ?? join(homedir(), '.local', 'share'), 'rialto');
}

/** Reads flags and environment. Fails with `main.bad-setting`, naming each. */
export function readSettings(flags: Flags, env: NodeJS.ProcessEnv): Settings {
  const environment = parsed(Environment, withoutEmpty(env));
  return {
    dataDir: dataDirOf(flags.dataDir, env),
    port: parsed(z.object({ '--port': Port }), { '--port': flags.port ?? '4600' })['--port'],
    host: flags.host ?? 'localhost',
    publicUrl: environment.RIALTO_PUBLIC_URL,
    sample: flags.empty !== true,
    databaseUrl: environment.DATABASE_URL,
    fiscalYearStartMonth: environment.RIALTO_FISCAL_YEAR_START,
    timeZone: environment.RIALTO_TIME_ZONE,
    memoryLimitMb: environment.RIALTO_WAREHOUSE_MB,
    masterKey: environment.RIALTO_MASTER_KEY,
  };
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw mainError('invalid', 'main.bad-setting', 'reading the settings', {
    remedy: `Correct ${wrong.join('; ')}.`,
  });
}

/** `DATABASE_URL=` set to nothing is not set. */
const withoutEmpty = (env: NodeJS.ProcessEnv): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
