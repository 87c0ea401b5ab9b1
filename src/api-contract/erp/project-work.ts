import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  acts,
  all,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  DayIn,
  Numbered,
  pages,
  tells,
  text,
  version,
} from './shapes.ts';

const Rate = z.strictObject({ validFrom: DayIn, costRate: AmountIn, billRate: AmountIn });
const Resource = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  costCentre: z.string().nullable(),
  status: z.enum(['active', 'inactive']),
  version: z.number().int(),
  rates: z
    .array(z.object({ validFrom: Day, costRate: z.string(), billRate: z.string() }))
    .readonly(),
});
const TimeSheet = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  kind: z.enum(['time', 'reversal']),
  resource: z.string(),
  postedOn: Day,
  entry: z.string().nullable(), // None: it cost nothing.
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        project: z.string(),
        task: z.string(),
        workedOn: Day,
        hours: z.string(), // Below zero on a reversal.
        costRate: z.string(),
        cost: z.string(),
        billRate: z.string(),
        charge: z.string(),
        text: z.string(),
      }),
    )
    .readonly(),
});
const Bill = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  project: z.string(),
  postedOn: Day,
  invoice: z.string(),
  invoiceNumber: z.string(),
  net: z.string(),
  milestones: z.array(z.string()).readonly(),
  hours: z.string(),
  cancelledOn: Day.nullable(),
  createdBy: z.string(),
  createdAt: Moment,
});
const Recognition = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  project: z.string(),
  on: Day,
  percent: z.string(),
  earned: z.string(),
  charged: z.string(),
  unbilled: z.string(),
  deferred: z.string(),
  entry: z.string(),
  createdBy: z.string(),
  createdAt: Moment,
});
const TakenBack = z.strictObject({ on: DayIn, reason: z.string().trim().min(3).max(500) });
const Made = z.object({ id: z.string() });
const Posted = Numbered.extend({ entry: z.string().nullable() });
const RunReply = z.strictObject({
  recognised: z
    .array(
      z.object({
        project: z.string(),
        number: z.string(),
        recognition: z.string(),
        entry: z.string(),
        earned: z.string(),
        unbilled: z.string(),
        deferred: z.string(),
      }),
    )
    .readonly(),
  refused: z
    .array(
      z.object({
        project: z.string(),
        number: z.string(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .readonly(),
});
const ofProject = { project: text(100).exactOptional() } as const;

/** Routes about hours, bills and revenue of projects. */
export const PROJECT_WORK_ROUTES = {
  listProjectResources: tells('project-resources', all(Resource), {}),
  createProjectResource: creates(
    'project-resources',
    z.strictObject({
      code: text(30),
      name: text(200),
      costCentre: text(50).exactOptional(),
      rates: z.array(Rate).min(1).max(100),
    }),
    Made,
  ),
  updateProjectResource: acts(
    'project-resources/:id',
    z.strictObject({
      version,
      name: text(200).exactOptional(),
      status: z.enum(['active', 'inactive']).exactOptional(),
      rate: Rate.exactOptional(), // One more.
    }),
    Changed,
  ),
  listTimeSheets: pages('time-sheets', TimeSheet, {
    ...BETWEEN,
    ...ofProject,
    resource: text(100).exactOptional(),
  }),
  postTimeSheet: creates(
    'time-sheets',
    z.strictObject({
      resource: text(100),
      postedOn: DayIn,
      lines: z
        .array(
          z.strictObject({
            project: text(100),
            task: text(20),
            workedOn: DayIn,
            hours: AmountIn,
            isCharged: z.boolean().exactOptional(), // Else as the project is paid for.
            text: text(500).exactOptional(),
          }),
        )
        .min(1)
        .max(200),
    }),
    Posted,
  ),
  reverseTimeSheet: acts('time-sheets/:id/reverse', TakenBack, Posted),
  listProjectBills: pages('project-bills', Bill, ofProject),
  billProject: acts(
    'projects/:id/bills',
    z.strictObject({
      issuedOn: DayIn,
      postedOn: DayIn,
      milestones: z.array(text(20)).min(1).max(200).exactOptional(), // Else all that are reached.
      until: DayIn.exactOptional(), // Of the hours; else all.
      reference: text(100).exactOptional(),
    }),
    Numbered.extend({ invoice: z.string(), invoiceNumber: z.string() }),
  ),
  cancelProjectBill: acts('project-bills/:id/cancel', TakenBack, Made),
  listProjectRecognitions: pages('project-recognitions', Recognition, ofProject),
  recogniseProjectRevenue: creates(
    'project-recognitions',
    z.strictObject({ on: DayIn, projects: z.array(text(100)).min(1).max(1000).exactOptional() }),
    RunReply,
  ),
} as const;
