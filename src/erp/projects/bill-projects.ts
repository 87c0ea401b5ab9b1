import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach } from '#erp/company/documents';
import { cancelInvoices, findInvoices, postInvoices } from '#erp/receivables';
import { assert, newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { chargeableHours, findBills } from './bill.ts';
import type { Bill } from './bill.ts';
import { decideBill } from './decide-bill.ts';
import type { BillDraft, DecidedBill } from './decide-bill.ts';
import type { ProjectsProblemCode } from './errors.ts';
import { reachedOf } from './progress.ts';
import type { Project } from './project.ts';
import { lockProjects, plansNow } from './read-projects.ts';
import { countChange } from './steer-projects.ts';

type Code = ProjectsProblemCode;

/** A bill that was posted. */
export type PostedBill = {
  readonly id: string;
  readonly number: string;
  readonly invoice: string;
  readonly invoiceNumber: string;
};

const BILL = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  project_id: 'text',
  posted_on: 'date',
  invoice_id: 'text',
  invoice_number: 'text',
  net: 'numeric',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const LINE = {
  bill_id: 'text',
  number: 'integer',
  project_id: 'text',
  milestone: 'text',
  sheet_id: 'text',
  sheet_line: 'integer',
  amount: 'numeric',
} as const;
const RUNNING = new Set(['released', 'on-hold', 'completed']);

/** Charges customers for projects: milestones of a fixed price, else hours, each once. */
export async function billProjects(
  tx: Handle,
  context: ErpContext,
  drafts: readonly BillDraft[],
): Promise<readonly Result<PostedBill, Code>[]> {
  const ids = drafts.map(({ id }) => id);
  const projects = await lockProjects(tx, ids);
  const plans = await plansNow(tx, projects.values());
  const reached = await reachedOf(tx, ids);
  const hours = await chargeableHours(tx, { projects: ids });
  const decided = decideEach(context, projects, drafts, {
    missing: 'projects.no-such-project',
    moved: 'projects.moved-on',
    decide(project: Project, draft: BillDraft): Result<DecidedBill, Code> {
      const plan = plans.get(project.id);
      if (plan === undefined || !RUNNING.has(project.status)) return notRunning(project);
      const own = <T extends { readonly project: string }>(all: readonly T[]) =>
        all.filter((each) => each.project === project.id);
      return decideBill({ plan, reached: own(reached), hours: own(hours) }, project, draft);
    },
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value.to] : []));
  const posted = await postInvoices(
    tx,
    context,
    good.map(({ invoice }) => invoice),
  );
  const charged = good.flatMap((bill, at) => {
    const invoice = posted[at];
    return invoice?.ok === true ? [{ ...bill, posted: invoice.value }] : [];
  });
  const written = (await writeBills(tx, context, charged)).values();
  const answers = posted.values();
  return decided.map((each): Result<PostedBill, Code> => {
    if (!each.ok) return each;
    const answer = answers.next().value;
    if (answer?.ok !== true) return refusedInvoice(answer);
    const { value } = written.next();
    assert(value !== undefined, 'every invoice has a bill');
    return accept(value);
  });
}

const notRunning = ({ number, status }: Project): Result<never, Code> =>
  refuse('projects.not-in-this-state', `${number} is ${status}: nothing of it is charged`);

function refusedInvoice(answer: Result<unknown> | undefined): Result<never, Code> {
  assert(answer?.ok === false, 'every draft is answered');
  const { message, code } = answer.problem;
  return refuse('projects.invoice-refused', `${message} (${code})`);
}

type Charged = DecidedBill & { readonly posted: { readonly id: string; readonly number: string } };

async function writeBills(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  charged: readonly Charged[],
): Promise<readonly PostedBill[]> {
  const days = charged.map(({ invoice }) => invoice.postedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'PB', days);
  const invoices = await findInvoices(
    tx,
    charged.map(({ posted }) => posted.id),
  );
  const now = clock();
  const bills = charged.map(({ project, invoice, posted }, at) => ({
    id: newId('pb', millisecondsOf(now)),
    legal_entity: legalEntity,
    number: numbers[at] ?? '',
    project_id: project.id,
    posted_on: invoice.postedOn,
    invoice_id: posted.id,
    invoice_number: posted.number,
    net: invoices.get(posted.id)?.net ?? '0',
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_projects.bill', BILL, bills);
  const lines = charged.flatMap(({ project, lines: own }, at) =>
    own.map(({ milestone, sheet, sheetLine, amount }, place) => ({
      bill_id: bills[at]?.id,
      number: place + 1,
      project_id: project.id,
      milestone,
      sheet_id: sheet,
      sheet_line: sheetLine,
      amount,
    })),
  );
  await insertRows(tx, 'erp_projects.bill_line', LINE, lines);
  await linkDocuments(
    tx,
    charged.map(({ project, posted }) => ({
      from: { kind: 'project', id: project.id, number: project.number },
      to: { kind: 'customer-invoice', ...posted },
    })),
  );
  await countChange(
    tx,
    charged.map(({ project }) => project.id),
  );
  return bills.map(({ id, number, invoice_id: invoice, invoice_number: invoiceNumber }) => ({
    id,
    number,
    invoice,
    invoiceNumber,
  }));
}

/** A bill that is to be cancelled. */
export type BillCancellation = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason: string;
};

/** Cancels bills with their invoices: what they charged may be charged again. */
export async function cancelBills(
  tx: Handle,
  context: ErpContext,
  wishes: readonly BillCancellation[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> {
  const ids = wishes.map(({ id }) => id);
  const first = await findBills(tx, ids);
  const projects = await lockProjects(
    tx,
    [...first.values()].map(({ project }) => project),
  );
  const bills = await findBills(tx, ids); // Cancelled meanwhile is seen.
  const seen = new Set<string>();
  const decided = wishes.map((wish): Result<Bill, Code> => {
    const bill = bills.get(wish.id);
    const project = projects.get(bill?.project ?? '');
    if (bill?.legalEntity !== context.legalEntity || project === undefined) {
      return refuse('projects.no-such-bill', `there is no bill ${wish.id}`, 'id');
    }
    if (bill.cancelledOn !== null || seen.has(bill.id)) {
      return refuse('projects.already-reversed', `${bill.number} was cancelled before`, 'id');
    }
    if (!RUNNING.has(project.status)) return notRunning(project);
    seen.add(bill.id);
    return accept(bill);
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const refused = await cancelTheirInvoices(tx, context, { bills: good, wishes });
  const now = context.clock();
  const columns = {
    bill_id: 'text',
    cancelled_on: 'date',
    reason: 'text',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const gone = good.filter(({ id }) => !refused.has(id));
  const values = gone.map(({ id }) => {
    const wish = wishes.find((each) => each.id === id);
    return {
      bill_id: id,
      cancelled_on: wish?.on,
      reason: wish?.reason ?? '',
      created_by: context.by,
      created_at: now,
    };
  });
  await insertRows(tx, 'erp_projects.bill_cancellation', columns, values);
  await countChange(
    tx,
    gone.map(({ project }) => project),
  );
  return decided.map((each) =>
    each.ok ? (refused.get(each.value.id) ?? accept({ id: each.value.id })) : each,
  );
}

/** Cancels the invoices that still stand. Answers who was refused, by bill. */
async function cancelTheirInvoices(
  tx: Handle,
  context: ErpContext,
  of: { readonly bills: readonly Bill[]; readonly wishes: readonly BillCancellation[] },
): Promise<ReadonlyMap<string, Result<never, Code>>> {
  const invoices = await findInvoices(
    tx,
    of.bills.map(({ invoice }) => invoice),
  );
  const standing = of.bills.filter(({ invoice }) => invoices.get(invoice)?.cancelledOn === null);
  const results = await cancelInvoices(
    tx,
    context,
    standing.flatMap(({ id, invoice }) => {
      const wish = of.wishes.find((each) => each.id === id);
      return wish === undefined ? [] : [{ id: invoice, on: wish.on, reason: wish.reason }];
    }),
  );
  return new Map(
    standing.flatMap(({ id }, at) => {
      const result = results[at];
      return result?.ok === true ? [] : [[id, refusedInvoice(result)] as const];
    }),
  );
}
