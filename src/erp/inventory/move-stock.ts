import type { Handle } from '#database';
import { refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideMovement } from './decide-movement.ts';
import { decideCorrection, decideReversal } from './decide-reversal.ts';
import { decideTransfer } from './decide-transfer.ts';
import type { InventoryProblemCode } from './errors.ts';
import type { Moved, MovementDraft, ReversalDraft, StockDraft } from './movement.ts';
import { readStockState } from './read-stock-state.ts';
import { undoGroup } from './stock-state.ts';
import type { StockState } from './stock-state.ts';
import { writeMovements } from './write-movements.ts';

type Decided = Result<Moved, InventoryProblemCode>;

/**
 * Moves stock and values it; the caller posts `value` and `variance` to the ledger in the same
 * transaction. A refused draft stops no other, but for those of its group.
 */
export const moveStock = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly MovementDraft[],
): Promise<readonly Decided[]> => bookStock(tx, context, drafts);

/**
 * Takes movements back at what they were worth; a transfer goes back whole. The caller reverses what
 * it posted. What was taken back, or takes back, is not taken back again.
 */
export const reverseMovements = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly Omit<ReversalDraft, 'kind'>[],
): Promise<readonly Decided[]> =>
  bookStock(
    tx,
    context,
    drafts.map((draft) => ({ ...draft, kind: 'reversal' })),
  );

/** Books any drafts on stock, in their order. `count`: the count that may move what it froze. */
export async function bookStock(
  tx: Handle,
  context: ErpContext,
  drafts: readonly StockDraft[],
  count?: string,
): Promise<readonly Decided[]> {
  const state = await readStockState(tx, context, drafts, count);
  const before = new Map(state.positions);
  const now = millisecondsOf(context.clock());
  const results = decideAll(state, drafts, () => newId('mov', now));
  await writeMovements(tx, context, state, before);
  return results;
}

/** Decides drafts one after the other; those of a group all or none, in their own place. */
export function decideAll(
  state: StockState,
  drafts: readonly StockDraft[],
  nextId: () => string,
): readonly Decided[] {
  const groups = new Map<string, number[]>();
  drafts.forEach(({ group }, at) => {
    const name = group === undefined ? `\u0000${at}` : group;
    const members = groups.get(name) ?? [];
    members.push(at);
    groups.set(name, members);
  });
  const results: Decided[] = [];
  for (const members of groups.values()) {
    state.undo.length = 0;
    let refused: number | undefined;
    for (const at of members) {
      const draft = drafts[at];
      if (draft === undefined || refused !== undefined) break;
      const result = decideOne(state, draft, nextId);
      results[at] = result;
      if (!result.ok) refused = at;
    }
    if (refused === undefined) continue;
    undoGroup(state);
    for (const at of members) {
      if (at === refused) continue;
      results[at] = refuse('inventory.group-refused', 'another part of it was refused');
    }
  }
  return results;
}

function decideOne(state: StockState, draft: StockDraft, nextId: () => string): Decided {
  switch (draft.kind) {
    case 'transfer':
    case 'status-change':
      return decideTransfer(state, draft, [nextId(), nextId()]);
    case 'reversal':
      return decideReversal(state, draft, nextId);
    case 'revaluation':
      return decideCorrection(state, draft, nextId());
    case 'receipt':
    case 'issue':
    case 'adjustment':
    case 'scrap':
    case 'consignment-in':
    case 'consignment-out':
    case 'production-receipt':
    case 'production-issue':
    case 'return':
      return decideMovement(state, draft, nextId());
  }
}
