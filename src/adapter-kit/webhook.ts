import { z } from 'zod';

const PathSchema = z.string().max(500); // Dotted, into the body; '' is all of it.
const HeaderSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/, { error: 'is the name of a header' })
  .toLowerCase();
const WordsSchema = z.array(z.string().max(200)).min(1).max(50);

const HmacSchema = z
  .strictObject({
    kind: z.literal('hmac'),
    header: HeaderSchema,
    algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    prefix: z.string().max(50).default(''), // 'sha256='
    /** What is signed: text with '{body}', and where the sender signs them '{timestamp}', '{id}'. */
    signs: z.string().max(200).default('{body}'),
    secret: z.enum(['text', 'base64', 'hex']).default('text'), // How the secret is written down.
  })
  .refine(({ signs }) => signs.split('{body}').length === 2, {
    error: "holds '{body}' once",
    path: ['signs'],
  });

const ProofSchema = z.discriminatedUnion('kind', [
  HmacSchema,
  z.strictObject({ kind: z.literal('header-token'), header: HeaderSchema }),
  // In each event, as Microsoft Graph and Business Central send it back ('clientState').
  z.strictObject({ kind: z.literal('event-token'), path: PathSchema.min(1) }),
]);

const KeySchema = z.union([
  PathSchema.min(1),
  z.array(PathSchema.min(1)).min(2).max(5), // Joined as the entity joins its own.
  z.strictObject({
    path: PathSchema.min(1),
    after: z.string().max(100).default(''), // 'vendors(' of 'companies(1)/vendors(2)'
    before: z.string().max(100).default(''), // ')'
  }),
]);

/** What one kind of event means. The first whose type fits, and whose key is there, decides. */
const MeaningSchema = z
  .strictObject({
    type: WordsSchema.optional(), // Absent: every type.
    entity: z.string().max(100).optional(), // Absent: whatever has changed is asked for.
    key: KeySchema.optional(), // Absent: of the entity, or of all, what has changed.
    ignore: z.literal(true).optional(), // Nothing of ours: a ping.
  })
  .refine(({ entity, key }) => key === undefined || entity !== undefined, {
    error: "a key needs the 'entity' that it is of",
    path: ['key'],
  });

/** How a system tells by itself what has changed there, as data. */
export const WebhookSenderSchema = z
  .strictObject({
    proof: ProofSchema,
    /** When it was sent. What is older or newer by more than the window is refused. */
    timestamp: z
      .strictObject({
        header: HeaderSchema,
        format: z.enum(['epoch-seconds', 'epoch-ms', 'rfc3339']).default('epoch-seconds'),
        windowSeconds: z.int().min(10).max(86_400).default(300),
      })
      .optional(),
    /** What the sender calls a delivery. Absent: it is known by what it says, and when. */
    deliveryId: z
      .union([
        z.strictObject({ header: HeaderSchema }),
        z.strictObject({ path: PathSchema.min(1) }),
      ])
      .optional(),
    /** Where the events are: a list, or one. */
    events: PathSchema.default(''),
    type: PathSchema.min(1).optional(), // In an event.
    meanings: z.array(MeaningSchema).max(100).default([]),
    /** A query parameter that is answered with its own value, to prove the address. */
    handshake: z.strictObject({ query: z.string().min(1).max(100) }).optional(),
  })
  .superRefine(({ proof, timestamp, deliveryId }, context) => {
    const signs = proof.kind === 'hmac' ? proof.signs : '';
    const wrong = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (signs.includes('{timestamp}') !== (timestamp !== undefined)) {
      wrong('timestamp', "stands here and as '{timestamp}' in what is signed, or in neither");
    }
    const idInHeader = deliveryId !== undefined && 'header' in deliveryId;
    if (signs.includes('{id}') && !idInHeader) wrong('deliveryId', "what is signed has '{id}'");
    if (/\{(?!body\}|timestamp\}|id\})/.test(signs)) {
      wrong('proof', "'signs' knows '{body}', '{timestamp}' and '{id}'");
    }
  });
export type WebhookSender = Readonly<z.infer<typeof WebhookSenderSchema>>;
