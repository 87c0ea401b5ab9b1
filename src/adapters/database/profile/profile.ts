import { z } from 'zod';
import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import { DIALECTS } from '../dialect.ts';
import { sourceError } from '../errors.ts';
import { EntitySchema } from './entity.ts';
import { OperationSchema } from './operation.ts';

const operationNames = Object.keys(OPERATIONS);

/** Tables of a system, as data. */
const ProfileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'is lower case letters, digits and -' }),
  version: z.int().min(1),
  title: z.string().min(1).max(200),
  about: z.string().max(2000).optional(), // What it is proven against, for a person.
  dialects: z.array(z.enum(DIALECTS)).min(1).optional(), // Absent: any.
  pageRows: z.int().min(1).max(2000).default(1000),
  limits: z
    .strictObject({
      cellCharacters: z.int().min(100).max(16_000_000).default(1_000_000),
      documentCharacters: z.int().min(1000).max(32_000_000).default(8_000_000),
      childRows: z.int().min(1).max(200_000).default(100_000), // Of one page.
    })
    .prefault({}),
  entities: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), EntitySchema).default({}),
  operations: z
    .record(z.string(), OperationSchema)
    .superRefine((operations, context) => {
      for (const name of Object.keys(operations)) {
        if (operationNames.includes(name)) continue;
        const message = `is no operation; there are: ${operationNames.join(', ')}`;
        context.addIssue({ code: 'custom', path: [name], message });
      }
    })
    .default({}),
});

type Parsed = z.infer<typeof ProfileSchema>;
export type DatabaseProfile = Readonly<Omit<Parsed, 'operations'>> & {
  readonly operations: Readonly<Partial<Record<Operation, Parsed['operations'][string]>>>;
};

const MISTAKES_TOLD = 12;

/** Reads a profile. Fails with `database.profile-invalid`, naming each mistake by its path. */
export function parseDatabaseProfile(json: unknown): DatabaseProfile {
  const { data, error } = ProfileSchema.safeParse(json);
  if (data !== undefined) return data;
  const mistakes = (error?.issues ?? []).map(
    ({ path, message }) => `${path.length === 0 ? 'the profile' : path.join('.')}: ${message}`,
  );
  const more =
    mistakes.length > MISTAKES_TOLD ? `\nand ${mistakes.length - MISTAKES_TOLD} more` : '';
  throw sourceError('invalid', 'database.profile-invalid', 'reading a profile', {
    cause: new Error(mistakes.slice(0, MISTAKES_TOLD).join('\n') + more),
    remedy: 'docs/guides/databases.md describes every field.',
  });
}
