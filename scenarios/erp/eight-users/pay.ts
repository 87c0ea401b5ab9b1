/** What suppliers charge, and what they are paid. */
import { markOpenItems } from '#erp/open-items';
import { cancelInvoices, postInvoices, postPayments } from '#erp/payables';
import { addDecimals } from '#kernel/decimal';
import { settle, settling } from './charge.ts';
import { operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { isRude, money, pieces } from './world.ts';
import type { World } from './world.ts';

/** What suppliers charge. */
const invoicesOf = (world: World): readonly Operation[] => [
  operation({
    name: 'supplier invoice',
    share: 95,
    makes: 'erp_payables.supplier_invoice',
    choose: ({ draw }) => {
      const receipt = world.unbilled.pick(draw);
      if (receipt === undefined) return undefined;
      const isClaimed = !isRude(draw);
      if (isClaimed) world.unbilled.drop(receipt);
      const dearer = draw.happens(40) ? draw.between(1, 300) : 0;
      const on = world.day(draw);
      if (!draw.happens(20)) world.billed += 1; // Now and then one comes a second time.
      return {
        draft: {
          supplier: receipt.party,
          supplierNumber: `RE ${world.billed}`,
          issuedOn: on,
          postedOn: on,
          lines: receipt.lines.map(({ line, quantity }) => ({
            order: { id: receipt.order.id, line: line.number },
            quantity: pieces(quantity),
            net: money((line.cents + dearer) * quantity),
            taxCode: 'IN-STD',
          })),
        },
        done: ({ id, item, blocks }) => {
          world.unbilled.drop(receipt);
          world.bills.add({ id });
          const owed = { item, party: receipt.party };
          (blocks.length > 0 ? world.blocked : world.owed).add(owed);
        },
        refused: (code: string) =>
          (code.endsWith('journal-refused') || code.endsWith('duplicate')) &&
          isClaimed &&
          world.unbilled.add(receipt),
      };
    },
    book: postInvoices,
  }),
];

/** Invoices without an order, and those taken back. */
const otherInvoices = (world: World): readonly Operation[] => [
  operation({
    name: 'supplier invoice: free, or a credit note',
    share: 12,
    makes: 'erp_payables.supplier_invoice',
    choose: ({ draw }) => {
      world.billed += 1;
      const supplier = draw.pick(world.founded.suppliers);
      const kind = draw.happens(300) ? ('credit-note' as const) : ('invoice' as const);
      const net = money(draw.between(100, 50_000));
      return {
        draft: {
          kind,
          supplier,
          supplierNumber: `RE ${world.billed}`,
          issuedOn: world.today,
          postedOn: world.day(draw),
          lines: [{ text: 'consulting', net, taxCode: 'IN-STD', account: '6250' }],
        },
        done: ({ id, item }) => {
          world.bills.add({ id });
          if (kind === 'invoice') world.owed.add({ item, party: supplier });
        },
      };
    },
    book: postInvoices,
  }),
  operation({
    name: 'supplier invoice: cancel',
    share: 6,
    makes: 'erp_payables.cancellation',
    choose: ({ draw }) => {
      const bill = world.bills.pick(draw);
      if (bill === undefined) return undefined;
      if (!isRude(draw)) world.bills.drop(bill);
      return { draft: { id: bill.id, on: world.today, reason: 'not ours' } };
    },
    book: cancelInvoices,
  }),
];

/** What they are paid. */
const payments = (world: World): readonly Operation[] => [
  operation({
    name: 'payable: unblock',
    share: 6,
    choose: ({ draw }) => {
      const owed = world.blocked.pick(draw);
      if (owed === undefined) return undefined;
      world.blocked.drop(owed);
      return { draft: { id: owed.item, blocks: [] }, done: () => world.owed.add(owed) };
    },
    book: (tx, _context, marks) => markOpenItems(tx, marks),
  }),
  operation({
    name: 'supplier payment',
    share: 80,
    makes: 'erp_payables.supplier_payment',
    choose: ({ draw }) => {
      const owed = world.owed.pick(draw);
      if (owed === undefined) return undefined;
      const draft = settling(world, draw, owed);
      if (draft.hundredths === 100 && !isRude(draw)) world.owed.drop(owed);
      return {
        draft,
        refused: (code: string) => code === 'scenario.nothing-open' && world.owed.drop(owed),
      };
    },
    book: (tx, context, wishes) =>
      settle(tx, wishes, (drafts) =>
        postPayments(
          tx,
          context,
          drafts.map(({ open, part, wish }) => ({
            supplier: open.party,
            paidOn: wish.on,
            bankAccount: 'MAIN',
            currency: open.currency,
            amount: addDecimals(part, wish.surplus),
            parts: [{ item: open.id, amount: part }],
          })),
        ),
      ),
  }),
];

/** All of it. */
export const paying = (world: World): readonly Operation[] => [
  ...invoicesOf(world),
  ...otherInvoices(world),
  ...payments(world),
];
