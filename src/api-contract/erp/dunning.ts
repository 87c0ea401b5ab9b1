import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import { DecimalText, NameText } from './company.ts';
import {
  acts,
  all,
  BETWEEN,
  BOOKS,
  ByEntity,
  ById,
  creates,
  DayIn,
  NOTHING,
  Numbered,
  pages,
  puts,
  shows,
  sort,
  tells,
  text,
  version,
} from './shapes.ts';
import { decimal } from '#kernel/decimal';

const notBelowZero = DecimalText.refine((amount) => !amount.startsWith('-')).transform((amount) =>
  decimal(amount),
);
const days = z.number().int().min(0).max(10_000);
const Level = z.object({
  level: z.number().int(),
  daysOverdue: z.number().int(), // At least.
  daysApart: z.number().int(), // At least, since the level before.
  fee: z.string(), // Company currency, once a notice.
  text: NameText,
});
const NewLevel = z.strictObject({
  level: z.number().int().min(1).max(20),
  daysOverdue: days,
  daysApart: days,
  fee: notBelowZero,
  text: NameText,
});
const Status = z.enum(['proposed', 'approved', 'executed', 'withdrawn']);
const RUN = {
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  runOn: Day,
  status: Status,
  version: z.number().int(),
  createdBy: z.string(),
  approvedBy: z.string().nullable(),
} as const;
const Run = z.object({
  ...RUN,
  items: z
    .array(
      z.object({
        item: z.string(), // Of the receivables.
        customer: z.string(),
        level: z.number().int(),
        daysOverdue: z.number().int(),
        currency: z.string(),
        amount: z.string(),
        isLeftOut: z.boolean(),
        leftOutBecause: z
          .enum(['blocked', 'disputed', 'customer-blocked', 'covered-by-credit'])
          .optional(),
      }),
    )
    .readonly(),
});
const Notice = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  run: z.string(),
  customer: z.string(),
  sentOn: Day,
  level: z.number().int(), // The highest of its items.
  currency: z.string(),
  amount: z.string(),
  fee: z.string(), // Company currency.
  text: NameText,
  feeEntry: z.string().nullable(),
  items: z
    .array(z.object({ item: z.string(), level: z.number().int(), amount: z.string() }))
    .readonly(),
});
const WriteOff = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: z.enum(['small-difference', 'bad-debt']),
  customer: z.string(),
  item: z.string(),
  on: Day,
  currency: z.string(),
  amount: z.string(),
  tax: z.string(), // Of it.
  companyAmount: z.string(),
  reason: z.string(),
  entry: z.string(),
  takenBackOn: Day.nullable(),
  createdBy: z.string(),
  createdAt: Moment,
});
const Limit = z.strictObject({ limit: z.string() }); // The most that is a small difference.
const Levels = z.strictObject({ levels: z.array(Level).readonly() });
const reason = z.string().trim().min(3).max(500);
const Version = z.object({ version });
const Done = z.strictObject({ id: z.string() });

/** Routes about reminding customers, and about what is not asked for any more. */
export const DUNNING_ROUTES = {
  getDunningSettings: tells('dunning-settings', Levels, {}),
  setDunningSettings: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/dunning-settings`,
    params: ByEntity,
    body: z.strictObject({ levels: z.array(NewLevel).min(1).max(20) }),
    reply: Levels,
  },
  listDunningBlocks: tells(
    'dunning-blocks',
    all(z.object({ customer: z.string(), until: Day.optional(), reason: z.string() })),
    { on: DayIn.exactOptional() }, // Else today.
  ),
  blockDunning: puts(
    'dunning-blocks/:id', // A customer.
    z.strictObject({ until: DayIn.exactOptional(), reason }),
    Done,
  ),
  unblockDunning: {
    ...NOTHING,
    method: 'DELETE',
    path: `${BOOKS}/dunning-blocks/:id`,
    params: ById,
    reply: Done,
  },
  listDunningRuns: pages(
    'dunning-runs',
    z.object({ ...RUN, reminded: z.number().int(), leftOut: z.number().int() }),
    {
      status: Status.exactOptional(),
      number: text(30).exactOptional(), // It begins like this.
      ...sort(['runOn', 'number']),
    },
  ),
  createDunningRun: creates(
    'dunning-runs',
    z.strictObject({
      on: DayIn,
      customers: z.array(text(100)).max(1000).exactOptional(), // Left out: all.
    }),
    Numbered,
  ),
  getDunningRun: shows('dunning-runs/:id', Run),
  changeDunningRun: puts(
    'dunning-runs/:id',
    z.strictObject({
      version,
      items: z
        .array(z.strictObject({ item: text(100), isLeftOut: z.boolean() }))
        .min(1)
        .max(10_000),
    }),
    Version,
  ),
  decideDunningRun: acts(
    'dunning-runs/:id/decision',
    z.strictObject({ version, decision: z.enum(['approve', 'withdraw']) }),
    Version,
  ),
  executeDunningRun: acts(
    'dunning-runs/:id/execute',
    z.strictObject({ version }),
    z.object({
      notices: z.array(Numbered).readonly(),
      passedOver: z.array(z.string()).readonly(), // Items that were paid or blocked meanwhile.
    }),
  ),
  listDunningNotices: pages('dunning-notices', Notice, {
    customer: text(100).exactOptional(),
    run: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['sentOn', 'number', 'level', 'amount']),
  }),
  getDunningNotice: shows('dunning-notices/:id', Notice),
  getWriteOffSettings: tells('write-off-settings', Limit, {}),
  setWriteOffSettings: {
    ...NOTHING,
    method: 'PUT',
    path: `${BOOKS}/write-off-settings`,
    params: ByEntity,
    body: z.strictObject({ limit: notBelowZero }),
    reply: Limit,
  },
  listWriteOffs: pages('write-offs', WriteOff, {
    ...BETWEEN,
    customer: text(100).exactOptional(),
    ...sort(['on', 'number', 'amount']),
  }),
  reverseWriteOff: acts('write-offs/:id/reverse', z.strictObject({ on: DayIn, reason }), Done),
} as const;
