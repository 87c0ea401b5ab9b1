import type { Handle } from '#database';
import { bookTogether } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import type { LocalDate } from '#kernel/time';
import { bookPostings } from './book-postings.ts';
import { decideConfirmation } from './decide-confirmation.ts';
import type { ConfirmationDraft } from './decide-confirmation.ts';
import { decideIssue } from './decide-issue.ts';
import type { IssueDraft } from './decide-issue.ts';
import { decideReceipt } from './decide-receipt.ts';
import type { ReceiptDraft } from './decide-receipt.ts';
import type { ProductionProblemCode } from './errors.ts';
import type { DecidedPosting, Posted } from './posting.ts';
import { readFacts } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';

type Code = ProductionProblemCode;
type Command<D> = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly D[],
) => Promise<readonly Result<Posted, Code>[]>;

/** A command that decides drafts one after the other and books them together. */
const commandOf =
  <D extends { readonly order: string; readonly postedOn: LocalDate }>(
    decide: (facts: ProductionFacts, draft: D) => Result<DecidedPosting, Code>,
  ): Command<D> =>
  (tx, context, drafts) =>
    bookTogether(tx, drafts, async (asked) => {
      const facts = await readFacts(tx, context, {
        orders: asked.map(({ order }) => order),
        days: asked.map(({ postedOn }) => postedOn),
      });
      return await bookPostings(
        tx,
        context,
        asked.map((draft) => decide(facts, draft)),
      );
    });

/** Confirms what was done at operations: yield, scrap, times, materials used, goods received. */
export const postConfirmations: Command<ConfirmationDraft> = commandOf(decideConfirmation);

/** Issues materials to orders by hand, or takes them back into stock. */
export const postIssues: Command<IssueDraft> = commandOf(decideIssue);

/** Takes what was made into stock, with what came out beside it. */
export const postReceipts: Command<ReceiptDraft> = commandOf(decideReceipt);
