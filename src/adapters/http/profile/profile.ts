import { z } from 'zod';
import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import { WebhookSenderSchema } from '#adapter-kit/webhook';
import { httpError } from '../errors.ts';
import { ErrorsSchema } from './answer.ts';
import { AuthSchema } from './auth.ts';
import { AddressSchema, EntitySchema } from './entity.ts';
import { OperationSchema } from './operation.ts';

const operationNames = Object.keys(OPERATIONS);

/** A system's REST interface, as data. */
export const ProfileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'is lower case letters, digits and -' }),
  version: z.int().min(1),
  title: z.string().min(1).max(200),
  about: z.string().max(2000).optional(), // What it is proven against, for a person.
  baseUrl: z.url({ protocol: /^https?$/ }).optional(), // Where every customer has the same.
  auth: AuthSchema,
  headers: z.record(z.string().min(1), z.string()).optional(), // With every request.
  health: AddressSchema.optional(), // Answers 2xx when the system is well.
  secretFields: z.array(z.string().min(1)).optional(), // Masked in logs beside what always is.
  errors: ErrorsSchema.default({ rules: [] }),
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
  webhook: WebhookSenderSchema.optional(), // How it tells by itself what has changed.
});

type Parsed = z.infer<typeof ProfileSchema>;
export type HttpProfile = Readonly<Omit<Parsed, 'operations'>> & {
  readonly operations: Readonly<Partial<Record<Operation, Parsed['operations'][string]>>>;
};

const MISTAKES_TOLD = 12;

/** Reads a profile. Fails with `http.profile-invalid`, naming each mistake by its path. */
export function parseHttpProfile(json: unknown): HttpProfile {
  const { data, error } = ProfileSchema.safeParse(json);
  if (data === undefined) {
    const mistakes = (error?.issues ?? []).map(
      ({ path, message }) => `${path.length === 0 ? 'the profile' : path.join('.')}: ${message}`,
    );
    const told = mistakes.slice(0, MISTAKES_TOLD).join('\n');
    const more =
      mistakes.length > MISTAKES_TOLD ? `\nand ${mistakes.length - MISTAKES_TOLD} more` : '';
    throw httpError('invalid', 'http.profile-invalid', 'reading a profile', {
      cause: new Error(told + more),
      remedy: 'docs/guides/http.md describes every field.',
    });
  }
  return data;
}
