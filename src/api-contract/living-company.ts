import { z } from 'zod';
import { Moment } from './common.ts';
import { WORK } from './work.ts';

const None = z.strictObject({});
const NOTHING = { params: None, query: None, body: None } as const;
const PATH = '/v1/living-company';
const count = z.number().int();
const Day = z.string(); // YYYY-MM-DD.
const Refused = z.record(z.string(), count); // How often the ERP refused something, by its code.

/** The company that lives here. */
const Company = z.strictObject({
  size: z.enum(['small', 'medium', 'large']),
  seed: count,
  startedOn: Day,
  livedUntil: Day.nullable(), // The last day that is booked wholly.
  livedMinute: count, // Of the day after: what happened before it is booked.
  wantedUntil: Day.nullable(), // The last day that its history is to have.
  status: z.enum(['writing', 'resting']), // Writing: its history is not finished.
  isLive: z.boolean(), // It trades in real time while the server runs.
  foundedBy: z.string(),
  foundedAt: Moment,
  refused: Refused,
});

/** The writing of a company's history, and what came of it. */
const SimulationWork = z.strictObject({
  ...WORK,
  result: z
    .strictObject({
      from: Day,
      until: Day,
      documents: count,
      oddities: count,
      refused: Refused,
    })
    .optional(),
});
const Standing = z.strictObject({
  company: Company.nullable(),
  last: SimulationWork.nullable(),
});

/** An oddity in the company's books: what a detector should find. */
const Oddity = z.strictObject({
  kind: z.string(),
  legalEntity: z.string(),
  from: Day,
  to: Day,
  why: z.string(),
  documents: z
    .array(z.strictObject({ kind: z.string(), number: z.string().nullable() })) // Null: refused.
    .readonly(),
  parties: z.array(z.string()).readonly(), // Numbers.
  items: z.array(z.string()).readonly(),
  places: z.array(z.string()).readonly(), // Warehouses, work centres.
});

/** Routes about the company that lives in the embedded ERP. */
export const LIVING_COMPANY_ROUTES = {
  simulateCompany: {
    ...NOTHING,
    method: 'POST',
    path: PATH,
    body: z.strictObject({
      size: z.enum(['small', 'medium', 'large']).default('small'),
      years: z.number().int().min(1).max(10).default(3), // Of history, up to yesterday.
      seed: z.number().int().min(0).max(2_147_483_647).default(7),
      live: z.boolean().default(false), // It trades on in real time then.
    }),
    reply: SimulationWork,
  },
  getLivingCompany: { ...NOTHING, method: 'GET', path: PATH, reply: Standing },
  cancelSimulation: { ...NOTHING, method: 'POST', path: `${PATH}/cancel`, reply: Standing },
  setLivingCompany: {
    ...NOTHING,
    method: 'PUT',
    path: `${PATH}/live`,
    body: z.strictObject({ isLive: z.boolean() }),
    reply: Standing,
  },
  listOddities: {
    ...NOTHING,
    method: 'GET',
    path: `${PATH}/truth`,
    query: z.strictObject({
      after: z
        .string()
        .regex(/^\d{1,18}$/)
        .exactOptional(), // `next` of the page before.
      limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
    }),
    reply: z.strictObject({ items: z.array(Oddity).readonly(), next: z.string().optional() }),
  },
} as const;
