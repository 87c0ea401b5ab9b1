import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { FreeLineDraft, InvoiceDraft } from '#erp/receivables';
import { decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ChargeableHours } from './bill.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { isCharged } from './plan.ts';
import type { Plan, PlanMilestone } from './plan.ts';
import type { Reached } from './progress.ts';
import type { Project } from './project.ts';

type Code = ProjectsProblemCode;

/** A bill as it is asked for. */
export type BillDraft = {
  readonly id: string; // Of the project.
  readonly version?: number;
  readonly issuedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly milestones?: readonly string[]; // Else all that are reached and not charged.
  readonly until?: LocalDate; // Of the hours: the last day; else all.
  readonly reference?: string; // The customer's.
};

/** What is charged by a bill. */
export type BillLine = {
  readonly milestone: string | null;
  readonly sheet: string | null;
  readonly sheetLine: number | null;
  readonly amount: Decimal;
};

/** A bill that may be posted. */
export type DecidedBill = {
  readonly project: Project;
  readonly invoice: InvoiceDraft;
  readonly lines: readonly BillLine[];
};

/** What is known of a project that is charged. */
export type BillFacts = {
  readonly plan: Plan;
  readonly reached: readonly Reached[];
  readonly hours: readonly ChargeableHours[];
};

/** What may be charged of a project: milestones of a fixed price, else hours. Pure. */
export function decideBill(
  facts: BillFacts,
  project: Project,
  draft: BillDraft,
): Result<DecidedBill, Code> {
  const { number, customer, kind } = project;
  if (customer === null) {
    return refuse('projects.nothing-to-bill', `${number} has no customer`);
  }
  const parts =
    kind === 'fixed-price' ? milestoneParts(facts, draft) : accept(hourParts(facts, draft));
  if (!parts.ok) return parts;
  const { charged, lines } = parts.value;
  if (lines.length === 0) {
    return refuse('projects.nothing-to-bill', `nothing of ${number} is waiting to be charged`);
  }
  const about = {
    ...(project.taxCode === null ? {} : { taxCode: project.taxCode }),
    posting: { key: 'revenue', itemGroup: 'service' },
    project: project.id,
  } as const;
  const invoice: InvoiceDraft = {
    customer,
    issuedOn: draft.issuedOn,
    postedOn: draft.postedOn,
    currency: project.currency,
    ...(project.paymentTerms === null ? {} : { paymentTerms: project.paymentTerms }),
    ...(draft.reference === undefined ? {} : { reference: draft.reference }),
    text: `${number} ${project.name}`,
    lines: charged.map((line) => ({ ...line, ...about })),
  };
  return accept({ project, invoice, lines });
}

type Parts = { readonly charged: readonly FreeLineDraft[]; readonly lines: readonly BillLine[] };

function milestoneParts({ plan, reached }: BillFacts, draft: BillDraft): Result<Parts, Code> {
  const open = new Set(
    reached.flatMap(({ milestone, bill }) => (bill === null ? [milestone] : [])),
  );
  const waiting = plan.milestones.filter((each) => isCharged(each) && open.has(each.number));
  const wanted = draft.milestones ?? waiting.map((each) => each.number);
  const parts: PlanMilestone[] = [];
  for (const [at, number] of [...new Set(wanted)].entries()) {
    const found = waiting.find((each) => each.number === number);
    if (found === undefined) {
      const message = `milestone ${number} is not waiting to be charged`;
      return refuse('projects.nothing-to-bill', message, `milestones.${at}`);
    }
    parts.push(found);
  }
  return accept({
    charged: parts.map(({ name, amount }) => ({ text: name, unitPrice: amount })),
    lines: parts.map(({ number, amount }) => ({
      milestone: number,
      sheet: null,
      sheetLine: null,
      amount,
    })),
  });
}

/** One line of the invoice for each task, person and rate. */
function hourParts({ plan, hours }: BillFacts, { until }: BillDraft): Parts {
  const wanted = hours.filter(({ workedOn }) => until === undefined || workedOn <= until);
  const groups = Map.groupBy(wanted, ({ task, resource, billRate }) =>
    JSON.stringify([task, resource, billRate]),
  );
  const nameOf = (task: string): string =>
    plan.tasks.find(({ number }) => number === task)?.name ?? task;
  const charged = [...groups.values()].map((group): FreeLineDraft => {
    const { task = '', resource = '', billRate = decimal('0') } = group[0] ?? {};
    return {
      text: `${nameOf(task)}: ${resource}`,
      quantity: sumDecimals(group.map((each) => each.hours)),
      unit: 'HUR',
      unitPrice: billRate,
    };
  });
  const lines = wanted.map(({ sheet, line, charge }) => ({
    milestone: null,
    sheet,
    sheetLine: line,
    amount: charge,
  }));
  return { charged, lines };
}
