import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  acts,
  all,
  AmountIn,
  Changed,
  creates,
  DayIn,
  MomentIn,
  pages,
  puts,
  tells,
  text,
  version,
  YesNo,
} from './shapes.ts';

const WorkCentreKind = z.enum(['machine', 'labour', 'line']);
const Rate = z.object({ validFrom: Day, machineRate: z.string(), labourRate: z.string() });
const WorkCentre = z.object({
  id: z.string(),
  legalEntity: z.string(),
  code: z.string(),
  name: z.string(),
  kind: WorkCentreKind,
  costCentre: z.string().nullable(), // That its hours are credited to.
  machines: z.number().int(), // Places that work side by side.
  hoursPerDay: z.string(), // Of each.
  weekdays: z.array(z.number().int()).readonly(), // 1 Monday to 7 Sunday.
  status: z.enum(['active', 'inactive']),
  version: z.number().int(),
  rates: z.array(Rate).readonly(), // The newest first.
});
const NewRate = z.strictObject({
  validFrom: DayIn,
  machineRate: AmountIn, // An hour; company currency.
  labourRate: AmountIn,
});
const weekdays = z.array(z.number().int()).max(7);
const machines = z.number().int().max(10_000);
const name = z.string().min(1).max(200);

const RoutingOperation = z.object({
  number: z.number().int(),
  name: z.string(),
  kind: z.enum(['inside', 'outside']),
  workCentre: z.string().optional(),
  setupSeconds: z.number().int().optional(),
  runSeconds: z.string().optional(), // For the base quantity.
  supplier: z.string().optional(),
  unitPrice: z.string().optional(), // Planned, per base unit of the item; company currency.
  supplierWarehouse: z.string().optional(), // Where what we provide lies there.
});
const Routing = z.object({
  id: z.string(),
  legalEntity: z.string(),
  item: z.string(),
  version: z.string(),
  baseQuantity: z.string(),
  validFrom: Day,
  validTo: Day.optional(),
  operations: z.array(RoutingOperation).readonly(),
});
const said = { number: z.number().int().min(1).max(9999), name };
const NewRouting = z.strictObject({
  item: text(100),
  version: z.string().min(1).max(30),
  baseQuantity: AmountIn,
  validFrom: DayIn,
  validTo: DayIn.exactOptional(),
  operations: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          ...said,
          kind: z.literal('inside'),
          workCentre: text(100),
          setupSeconds: z.number().int(),
          runSeconds: AmountIn,
        }),
        z.strictObject({
          ...said,
          kind: z.literal('outside'),
          supplier: text(100),
          unitPrice: AmountIn,
          supplierWarehouse: text(100).exactOptional(),
        }),
      ]),
    )
    .min(1)
    .max(200),
});

const DayLoad = z.object({
  workCentre: z.string(),
  day: Day,
  loadSeconds: z.number(),
  capacitySeconds: z.number(),
  orders: z
    .array(z.object({ order: z.string(), number: z.string(), seconds: z.number() }))
    .readonly(),
});
const Cover = z.object({
  order: z.string(),
  number: z.string(),
  component: z.number().int(),
  item: z.string(),
  warehouse: z.string(),
  quantity: z.string(), // Neither issued nor reserved.
  neededOn: Day,
  pegs: z
    .array(
      z.object({
        supply: z.object({
          kind: z.enum(['stock', 'purchase-order', 'work-order']),
          id: z.string(), // '' of stock.
          number: z.string(),
          on: Day.optional(), // Left out: it is there.
        }),
        quantity: z.string(),
      }),
    )
    .readonly(),
  missing: z.string(), // That nothing is there or to come for.
  coveredOn: Day.optional(), // The last of it.
});
const Delay = z.object({
  order: z.string(),
  number: z.string(),
  days: z.number().int().optional(), // Left out: something is missing for good.
});
const Downtime = z.object({
  id: z.string(),
  legalEntity: z.string(),
  workCentre: z.string(),
  machine: z.string(), // '' is the whole work centre.
  isPlanned: z.boolean(),
  reason: z.string(),
  order: z.string().nullable(),
  startedAt: Moment,
  endedAt: Moment.nullable(), // Null: it still lasts.
});
const Made = z.object({ id: z.string() });

/** Routes about where and how things are made, and about what is planned to be. */
export const PRODUCTION_PLANNING_ROUTES = {
  listWorkCentres: tells('work-centres', all(WorkCentre), {}),
  createWorkCentre: creates(
    'work-centres',
    z.strictObject({
      code: z.string().min(1).max(40),
      name,
      kind: WorkCentreKind,
      costCentre: text(50).exactOptional(),
      machines: machines.exactOptional(),
      hoursPerDay: AmountIn.exactOptional(),
      weekdays: weekdays.exactOptional(),
      rates: z.array(NewRate).min(1).max(100),
    }),
    Made,
  ),
  updateWorkCentre: puts(
    'work-centres/:id',
    z.strictObject({
      version,
      set: z.strictObject({
        name: name.exactOptional(),
        costCentre: text(50).nullable().exactOptional(),
        machines: machines.exactOptional(),
        hoursPerDay: AmountIn.exactOptional(),
        weekdays: weekdays.exactOptional(),
        status: z.enum(['active', 'inactive']).exactOptional(),
      }),
    }),
    Changed,
  ),
  addWorkCentreRate: acts('work-centres/:id/rates', NewRate, Made),
  listRoutings: pages('routings', Routing, {
    item: text(100).exactOptional(),
  }),
  createRouting: creates('routings', NewRouting, Made),
  getCapacityLoad: tells('capacity-load', all(DayLoad), {
    from: DayIn,
    to: DayIn, // At most 92 days on.
    workCentre: text(100).exactOptional(),
  }),
  getMaterialPlan: tells(
    'material-plan',
    z.strictObject({ items: z.array(Cover).readonly(), delays: z.array(Delay).readonly() }),
    {
      item: text(100).exactOptional(), // That is needed.
      order: text(100).exactOptional(),
      short: YesNo.exactOptional(), // 'true': only what is not there in time.
    },
  ),
  listDowntimes: tells('downtimes', all(Downtime), {
    workCentre: text(100).exactOptional(),
    lasting: YesNo.exactOptional(),
    from: MomentIn.exactOptional(), // It had not ended before.
    to: MomentIn.exactOptional(), // It began before.
  }),
  recordDowntime: creates(
    'downtimes',
    z.strictObject({
      workCentre: text(100),
      machine: text(60).exactOptional(),
      isPlanned: z.boolean().default(false),
      reason: z.string().trim().min(1).max(200),
      order: text(100).exactOptional(),
      startedAt: MomentIn,
      endedAt: MomentIn.exactOptional(), // Left out: it still lasts.
    }),
    Made,
  ),
  endDowntime: acts('downtimes/:id/end', z.strictObject({ endedAt: MomentIn }), Made),
} as const;
