/** What customers are charged, given back, pay, and are let off. */
import type { Handle } from '#database';
import { refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { allocate, findOpenItems, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import {
  cancelInvoices,
  postCreditNotes,
  postInvoices,
  postPayments,
  reversePayments,
  reverseWriteOffs,
  writeOff,
} from '#erp/receivables';
import type { CreditNoteDraft } from '#erp/receivables';
import type { Draw } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { isRude, money, pieces } from './world.ts';
import type { Made, Owed, World } from './world.ts';

const ZERO = decimal('0.00');

/** How much of what is open somebody wants to settle: seen when he looks, as a person would. */
export type Settling = {
  readonly item: string;
  readonly hundredths: number; // Of what is open.
  readonly surplus: Decimal; // Money that is left over.
  readonly on: LocalDate;
};

/** Somebody settles something; often all of it. */
export const settling = (world: World, draw: Draw, { item }: Owed): Settling => ({
  item,
  hundredths: draw.happens(750) ? 100 : draw.between(1, 99),
  surplus: draw.happens(50) ? money(draw.between(1, 5000)) : ZERO,
  on: world.day(draw),
});

/** Settles open items by payments; what is settled already is not asked for. */
export async function settle<T>(
  tx: Handle,
  wishes: readonly Settling[],
  pay: (drafts: readonly Paying[]) => Promise<readonly Result<T>[]>,
): Promise<readonly Result<T>[]> {
  const items = await findOpenItems(
    tx,
    wishes.map(({ item }) => item),
  );
  const drafts = wishes.map((wish) => payingOf(items.get(wish.item), wish));
  const paid = await pay(drafts.filter((each) => each !== undefined));
  let at = 0;
  return drafts.map((draft) => {
    const result = draft === undefined ? undefined : paid[at++];
    return result ?? refuse('scenario.nothing-open', 'somebody else has settled it');
  });
}

/** What of an open item is paid. */
export type Paying = { readonly open: OpenItem; readonly part: Decimal; readonly wish: Settling };

function payingOf(open: OpenItem | undefined, wish: Settling): Paying | undefined {
  if (open === undefined) return undefined;
  const share = divideDecimals(pieces(wish.hundredths), decimal('100'), 2) ?? ZERO;
  const rounded = divideDecimals(multiplyDecimals(openOf(open), share), decimal('1'), 2) ?? ZERO;
  return compareDecimals(rounded, ZERO) <= 0 ? undefined : { open, part: rounded, wish };
}

const paymentOf = ({ open, part, wish }: Paying) => ({
  customer: open.party,
  paidOn: wish.on,
  bankAccount: 'MAIN',
  currency: open.currency,
  amount: addDecimals(part, wish.surplus),
  parts: [{ item: open.id, amount: part }],
});

/** Invoices and credit notes. */
const documents = (world: World): readonly Operation[] => [
  operation({
    name: 'customer invoice: of a delivery',
    share: 150,
    makes: 'erp_receivables.customer_invoice',
    choose: ({ draw }) => {
      const delivery = world.uncharged.pick(draw);
      if (delivery === undefined) return undefined;
      const isClaimed = !isRude(draw);
      if (isClaimed) world.uncharged.drop(delivery);
      const on = world.day(draw);
      return {
        draft: { issuedOn: on, postedOn: on, deliveries: [delivery.id] },
        done: ({ id, item }: { readonly id: string; readonly item: string }) => {
          world.uncharged.drop(delivery);
          world.invoices.add({ id, party: delivery.party });
          world.due.add({ item, party: delivery.party });
        },
        refused: (code: string) =>
          code.endsWith('journal-refused') && isClaimed && world.uncharged.add(delivery),
      };
    },
    book: postInvoices,
  }),
  operation({
    name: 'customer invoice: free',
    share: 12,
    makes: 'erp_receivables.customer_invoice',
    choose: ({ draw }) => {
      const customer = draw.pick(world.founded.customers);
      const on = world.day(draw);
      const unitPrice = money(draw.between(100, 90_000));
      return {
        draft: { customer, issuedOn: on, postedOn: on, lines: [{ text: 'rent', unitPrice }] },
        done: ({ id, item }: { readonly id: string; readonly item: string }) => {
          world.invoices.add({ id, party: customer });
          world.due.add({ item, party: customer });
        },
      };
    },
    book: postInvoices,
  }),
  operation({
    name: 'customer credit note',
    share: 25,
    makes: 'erp_receivables.customer_invoice',
    choose: ({ draw }) => {
      const found = creditOf(world, draw);
      if (found === undefined) return undefined;
      const { party = '' } = found.of;
      return { draft: found.draft, done: ({ item }) => world.credits.add({ item, party }) };
    },
    book: postCreditNotes,
  }),
  operation({
    name: 'customer invoice: cancel',
    share: 8,
    makes: 'erp_receivables.cancellation',
    choose: ({ draw }) => {
      const invoice = world.invoices.pick(draw);
      if (invoice === undefined) return undefined;
      if (!isRude(draw)) world.invoices.drop(invoice);
      return { draft: { id: invoice.id, on: world.today, reason: 'wrong customer' } };
    },
    book: cancelInvoices,
  }),
];

function creditOf(
  world: World,
  draw: Draw,
): { readonly draft: CreditNoteDraft; readonly of: Made } | undefined {
  const days = { issuedOn: world.today, postedOn: world.day(draw), reason: 'broken' };
  const returned = world.returned.pick(draw);
  if (returned !== undefined && draw.happens(400)) {
    world.returned.drop(returned);
    return { draft: { ...days, returns: [returned.id] }, of: returned };
  }
  const invoice = world.invoices.pick(draw);
  if (invoice === undefined) return undefined;
  const part = { invoice: invoice.id, line: 1 };
  const of = invoice;
  if (draw.happens(800)) {
    const how = draw.happens(500) ? { quantity: pieces(1) } : { net: money(draw.between(1, 500)) };
    return { draft: { ...days, corrections: [{ ...part, ...how }] }, of };
  }
  world.invoices.drop(invoice);
  return { draft: { ...days, invoice: invoice.id }, of };
}

/** Money that comes, bounces, or is not asked for any more. */
const moneys = (world: World): readonly Operation[] => [
  operation({
    name: 'customer payment',
    share: 140,
    makes: 'erp_receivables.customer_payment',
    choose: ({ draw }) => {
      const due = world.due.pick(draw);
      if (due === undefined) return undefined;
      const draft = settling(world, draw, due);
      if (draft.hundredths === 100 && !isRude(draw)) world.due.drop(due);
      return {
        draft,
        done: ({ id, item }: { readonly id: string; readonly item: string }) => {
          world.payments.add({ id });
          if (draft.surplus !== ZERO) world.credits.add({ item, party: due.party });
        },
        refused: (code: string) => code === 'scenario.nothing-open' && world.due.drop(due),
      };
    },
    book: (tx, context, wishes) =>
      settle(tx, wishes, (drafts) => postPayments(tx, context, drafts.map(paymentOf))),
  }),
  operation({
    name: 'customer payment: bounce',
    share: 8,
    makes: 'erp_receivables.taken_back',
    choose: ({ draw }) => {
      const payment = world.payments.pick(draw);
      if (payment === undefined) return undefined;
      if (!isRude(draw)) world.payments.drop(payment);
      return { draft: { id: payment.id, on: world.today, reason: 'no money' } };
    },
    book: reversePayments,
  }),
];

/** What is open and settled otherwise. */
const settlements = (world: World): readonly Operation[] => [
  operation({
    name: 'receivable: settle with a credit',
    share: 12,
    choose: ({ draw }) => {
      const credit = world.credits.pick(draw);
      const due = world.due.pick(draw, ({ party }) => party === credit?.party);
      if (credit === undefined || due === undefined) return undefined;
      return {
        draft: { raising: due.item, lowering: credit.item, on: world.today },
        refused: () => world.credits.drop(credit),
      };
    },
    book: allocateOpen,
  }),
  operation({
    name: 'receivable: write off',
    share: 10,
    makes: 'erp_receivables.write_off',
    choose: ({ draw }) => {
      const due = world.due.pick(draw);
      if (due === undefined) return undefined;
      const kind = draw.pick(['small-difference', 'bad-debt'] as const);
      if (!isRude(draw)) world.due.drop(due);
      return {
        draft: { kind, item: due.item, on: world.today, reason: 'coins' },
        done: ({ id }: { readonly id: string }) => world.writeOffs.add({ id }),
      };
    },
    book: writeOff,
  }),
  operation({
    name: 'receivable: write-off taken back',
    share: 4,
    makes: 'erp_receivables.taken_back',
    choose: ({ draw }) => {
      const one = world.writeOffs.pick(draw);
      if (one === undefined) return undefined;
      if (!isRude(draw)) world.writeOffs.drop(one);
      return { draft: { id: one.id, on: world.today, reason: 'he paid' } };
    },
    book: reverseWriteOffs,
  }),
];

/** Settles one open item with another, as far as both are open. */
async function allocateOpen(
  tx: Handle,
  context: ErpContext,
  wishes: readonly {
    readonly raising: string;
    readonly lowering: string;
    readonly on: LocalDate;
  }[],
): Promise<readonly Result<{ readonly id: string }>[]> {
  const ids = wishes.flatMap(({ raising, lowering }) => [raising, lowering]);
  const items = await findOpenItems(tx, ids);
  const opens = wishes.map(({ raising, lowering }) => {
    const [up, down] = [items.get(raising), items.get(lowering)];
    if (up === undefined || down === undefined) return ZERO;
    return compareDecimals(openOf(up), openOf(down)) < 0 ? openOf(up) : openOf(down);
  });
  return await allocate(
    tx,
    context,
    wishes.map((wish, at) => ({ ...wish, amount: opens[at] ?? ZERO })),
  );
}

/** All of it. */
export const charging = (world: World): readonly Operation[] => [
  ...documents(world),
  ...moneys(world),
  ...settlements(world),
];
