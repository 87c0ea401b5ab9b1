/** What people ask of the ERP: mostly to see something, now and then to book it. */
import { z } from 'zod';
import { assert, drawsOf } from '#kernel';
import { localDate, systemClock } from '#kernel/time';
import type { Answered, Asked } from './ask.ts';

/** A kind of request, how often of a thousand, and how to make the next. Undefined: nothing is there for it. */
export type Kind = {
  readonly name: string;
  readonly share: number;
  readonly next: () =>
    | { readonly asked: Asked; readonly done?: (body: unknown) => void }
    | undefined;
};

type Ask = (asked: Asked) => Promise<Answered>;

const Made = z.object({ id: z.string() });
const Invoiced = Made.extend({ item: z.string() });
const Page = z.object({
  items: z.array(
    z.looseObject({
      id: z.string().optional(),
      currency: z.string().nullable().optional(),
      item: z.string().optional(),
      warehouse: z.string().optional(),
      available: z.string().optional(),
    }),
  ),
});

const today = localDate(systemClock().slice(0, 10));
const PRICE = '100.00';
const QUEUE_MAX = 500;

/** What is known of the company, and what has been begun. */
export async function kindsOf(ask: Ask, entity: string): Promise<readonly Kind[]> {
  const books = `/v1/erp/legal-entities/${entity}`;
  const page = async (path: string) => {
    const { status, body } = await ask({ method: 'GET', path: `${books}/${path}` });
    assert(status === 200, `${path}: ${status} ${JSON.stringify(body)}`);
    return Page.parse(body).items;
  };
  const ids = async (path: string) => (await page(path)).flatMap(({ id }) => id ?? []);
  const here = (await page('parties?role=customer&limit=200')).filter(
    ({ currency }) => currency === 'EUR',
  );
  const known = {
    customers: here.flatMap(({ id }) => id ?? []),
    suppliers: await ids('parties?role=supplier&limit=200'),
    orders: await ids('sales-orders?limit=200'),
    invoices: await ids('customer-invoices?limit=200'),
    entries: await ids('journal-entries?limit=200'),
    stock: (await page('stock?limit=200')).filter(({ available }) => Number(available) >= 50),
  };
  assert(known.stock.length > 0 && known.customers.length > 0, 'there is stock, and customers');
  return [...reading(books, known), ...selling(books, known), ...otherwise(books, known)];
}

type Known = {
  readonly customers: readonly string[];
  readonly suppliers: readonly string[];
  readonly orders: readonly string[];
  readonly invoices: readonly string[];
  readonly entries: readonly string[];
  readonly stock: readonly {
    readonly item?: string | undefined;
    readonly warehouse?: string | undefined;
  }[];
};

const draw = drawsOf(7, 'requests');
let keys = 0;
const runs = systemClock(); // Keys of another run are other keys.

const get = (path: string) => ({ asked: { method: 'GET', path, isShown: true } }) as const;
function post(path: string, body: object, done?: (body: unknown) => void) {
  keys += 1;
  const asked = { method: 'POST' as const, path, body, key: `${runs} ${keys}` };
  return done === undefined ? { asked } : { asked, done };
}

/** Lists and pages of objects. */
function reading(books: string, known: Known): readonly Kind[] {
  const show = (name: string, share: number, path: string, of: readonly string[]): Kind => ({
    name,
    share,
    next: () => get(`${books}/${path}/${draw.pick(of)}`),
  });
  const list = (name: string, share: number, path: string): Kind => ({
    name,
    share,
    next: () => get(`${books}/${path}`),
  });
  return [
    list('list: sales orders', 90, 'sales-orders?limit=50&lines=none'),
    list(
      'list: open sales orders',
      60,
      'sales-orders?limit=50&lines=none&status=confirmed,partly-delivered',
    ),
    {
      name: "list: a customer's orders",
      share: 50,
      next: () =>
        get(`${books}/sales-orders?limit=50&lines=none&customer=${draw.pick(known.customers)}`),
    },
    list('list: deliveries', 40, 'deliveries?limit=50&lines=none'),
    list('list: customer invoices', 50, 'customer-invoices?limit=50&lines=none'),
    list('list: overdue receivables', 40, 'receivables?state=overdue&limit=50'),
    list('list: purchase orders', 50, 'purchase-orders?limit=50&lines=none'),
    list('list: stock', 60, 'stock?limit=50'),
    list('list: stock movements', 30, 'stock-movements?limit=50'),
    list('list: journal', 40, 'journal-entries?limit=50&lines=none'),
    show('page: sales order', 100, 'sales-orders', known.orders),
    show('page: customer invoice', 70, 'customer-invoices', known.invoices),
    show('page: customer', 40, 'parties', known.customers),
    show('page: journal entry', 40, 'journal-entries', known.entries),
    {
      name: 'flow of a document',
      share: 60,
      next: () => get(`/v1/erp/documents/customer-invoice/${draw.pick(known.invoices)}/flow`),
    },
    {
      name: 'names of items',
      share: 30,
      next: () => get(`${books}/item-names?ids=${draw.pick(known.stock).item ?? ''}`),
    },
  ];
}

/** One that waits for what comes after it. */
type Case = {
  readonly id: string;
  readonly of: { readonly customer: string; readonly lines: number };
};

/** First in, first out; what nobody takes is forgotten. */
function queue() {
  const waiting: Case[] = [];
  return {
    take: () => waiting.shift(),
    add: (one: Case) => {
      if (waiting.length < QUEUE_MAX) waiting.push(one);
    },
  };
}

type Queue = ReturnType<typeof queue>;

/** An order of what is in stock. */
function order(books: string, known: Known, written: Queue): ReturnType<Kind['next']> {
  const [customer, lines] = [draw.pick(known.customers), draw.between(1, 3)];
  const body = {
    customer,
    issuedOn: today,
    lines: Array.from({ length: lines }, () => {
      const { item, warehouse } = draw.pick(known.stock);
      return { item, quantity: '1', unitPrice: PRICE, warehouse };
    }),
  };
  return post(`${books}/sales-orders`, body, (reply) =>
    written.add({ id: Made.parse(reply).id, of: { customer, lines } }),
  );
}

/** An order from its first line to its payment, each step by another request. */
function selling(books: string, known: Known): readonly Kind[] {
  const [written, confirmed, delivered, charged] = [queue(), queue(), queue(), queue()];
  const days = { issuedOn: today, postedOn: today };
  const after = (from: Queue, go: (one: Case) => ReturnType<Kind['next']>): Kind['next'] => {
    return () => {
      const one = from.take();
      return one === undefined ? undefined : go(one);
    };
  };
  return [
    { name: 'book: sales order', share: 35, next: () => order(books, known, written) },
    {
      name: 'book: confirm',
      share: 32,
      next: after(written, (one) =>
        post(`${books}/sales-orders/${one.id}/steps`, { step: 'confirm', version: 1 }, (reply) => {
          if (z.object({ status: z.string() }).parse(reply).status === 'confirmed')
            confirmed.add(one);
        }),
      ),
    },
    {
      name: 'book: delivery',
      share: 28,
      next: after(confirmed, ({ id, of }) => {
        const lines = Array.from({ length: of.lines }, (_, at) => ({
          order: id,
          line: (at + 1) * 10,
          quantity: '1',
        }));
        return post(`${books}/deliveries`, { shippedOn: today, postedOn: today, lines }, (reply) =>
          delivered.add({ id: Made.parse(reply).id, of }),
        );
      }),
    },
    {
      name: 'book: customer invoice',
      share: 25,
      next: after(delivered, ({ id, of }) =>
        post(`${books}/customer-invoices`, { ...days, deliveries: [id] }, (reply) =>
          charged.add({ id: Invoiced.parse(reply).item, of }),
        ),
      ),
    },
    {
      name: 'book: customer payment',
      share: 20,
      next: after(charged, ({ id, of }) => {
        const amount = `${of.lines * 100}.00`;
        const paid = { customer: of.customer, paidOn: today, bankAccount: 'MAIN', currency: 'EUR' };
        return post(`${books}/customer-payments`, {
          ...paid,
          amount,
          parts: [{ item: id, amount }],
        });
      }),
    },
  ];
}

/** Goods that come in, and the journal. */
function otherwise(books: string, known: Known): readonly Kind[] {
  const [written, issued] = [queue(), queue()];
  return [
    {
      name: 'book: purchase order',
      share: 5,
      next: () => {
        const { item, warehouse } = draw.pick(known.stock);
        const lines = [{ item, quantity: '10', unitPrice: '20.00', warehouse }];
        const supplier = draw.pick(known.suppliers);
        return post(`${books}/purchase-orders`, { supplier, issuedOn: today, lines }, (reply) =>
          written.add({ id: Made.parse(reply).id, of: { customer: '', lines: 1 } }),
        );
      },
    },
    {
      name: 'book: issue it',
      share: 5,
      next: () => {
        const one = written.take();
        if (one === undefined) return undefined;
        const step = { step: 'issue', version: 1 };
        return post(`${books}/purchase-orders/${one.id}/steps`, step, () => issued.add(one));
      },
    },
    {
      name: 'book: goods receipt',
      share: 5,
      next: () => {
        const one = issued.take();
        if (one === undefined) return undefined;
        const lines = [{ order: one.id, line: 10, quantity: '10' }];
        return post(`${books}/goods-receipts`, { receivedOn: today, postedOn: today, lines });
      },
    },
    {
      name: 'book: journal entry',
      share: 5,
      next: () => {
        const lines = [
          { account: '6200', amount: '100.00' },
          { account: '1400', amount: '-100.00' },
        ];
        const entry = { postedOn: today, currency: 'EUR', text: 'rent', lines };
        return post(`${books}/journal-entries`, entry);
      },
    },
  ];
}
