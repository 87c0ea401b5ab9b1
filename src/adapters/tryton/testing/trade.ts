/** Trade in Tryton, done by hand through its own methods: so that every entity has something. */
import { assert } from '#kernel';
import { plain } from '../wire.ts';
import { dateOfTryton, decimalOfTryton } from './remote.ts';
import type { Remote } from './remote.ts';
import type { Company } from './company.ts';

export type Trade = {
  readonly purchase: number;
  readonly line: number;
  readonly shipment: number;
  readonly invoice: number;
  readonly inventory: number;
  readonly production: number;
  readonly move: number;
};

/** Orders 100, takes in 60, counts 58, plans to make 5. */
export async function trade(admin: Remote, company: Company): Promise<Trade> {
  const purchase = await orderGoods(admin, company, { quantity: 100, price: '4.35' });
  const { lines, moves } = await admin.read('purchase.purchase', purchase, ['lines', 'moves']);
  const [line, move] = [firstIn(lines), firstIn(moves)];
  const shipment = await receiveGoods(admin, company, { move, quantity: 60 });
  const { invoices } = await admin.read('purchase.purchase', purchase, ['invoices']);
  const inventory = await admin.one('stock.inventory', 'create', [
    {
      location: company.storage,
      date: await today(admin),
      lines: [['create', [{ product: company.items[0] ?? 0, quantity: 58 }]]],
    },
  ]);
  await admin.model('stock.inventory', 'confirm', [inventory]);
  const production = await admin.one('production', 'create', [
    {
      product: company.items[1] ?? 0,
      uom: 1,
      quantity: 5,
      warehouse: company.warehouse,
      location: await locationOf(admin, company),
      planned_date: await today(admin),
      planned_start_date: await today(admin),
    },
  ]);
  return { purchase, line, shipment, invoice: firstIn(invoices), inventory, production, move };
}

/** An order that is confirmed and processed. Its invoice is made when goods come. */
export async function orderGoods(
  admin: Remote,
  company: Company,
  { quantity, price }: { readonly quantity: number; readonly price: string },
): Promise<number> {
  const [address] = [
    await admin.one('party.address', 'search', [['party', '=', company.supplier]]),
  ];
  const purchase = await admin.one('purchase.purchase', 'create', [
    {
      party: company.supplier,
      company: company.company,
      currency: company.currency,
      invoice_address: address,
      warehouse: company.warehouse,
      invoice_method: 'shipment',
      purchase_date: await today(admin),
      lines: [
        [
          'create',
          [
            {
              type: 'line',
              product: company.items[0] ?? 0,
              unit: 1,
              quantity,
              unit_price: decimalOfTryton(price),
              description: 'Ball bearing 6204',
            },
          ],
        ],
      ],
    },
  ]);
  for (const method of ['quote', 'confirm', 'process']) {
    await admin.model('purchase.purchase', method, [purchase]);
  }
  return purchase;
}

async function receiveGoods(
  admin: Remote,
  company: Company,
  { move, quantity }: { readonly move: number; readonly quantity: number },
): Promise<number> {
  const shipment = await admin.one('stock.shipment.in', 'create', [
    {
      supplier: company.supplier,
      warehouse: company.warehouse,
      reference: 'ASN-77',
      effective_date: await today(admin),
      incoming_moves: [
        ['add', [move]],
        ['write', [move], { quantity }],
      ],
    },
  ]);
  await admin.model('stock.shipment.in', 'receive', [shipment]);
  await admin.model('stock.shipment.in', 'done', [shipment]);
  return shipment;
}

/** The server's own day. */
export async function todayText(admin: Remote): Promise<string> {
  const day = plain(await admin.model('ir.date', 'today'));
  assert(typeof day === 'string', 'a day is text');
  return day;
}

const today = async (admin: Remote) => dateOfTryton(await todayText(admin));

async function locationOf(admin: Remote, { warehouse }: Company): Promise<number> {
  const fields = ['production_location'];
  const { production_location } = await admin.read('stock.location', warehouse, fields);
  return Number(production_location);
}

const firstIn = (value: unknown): number => (Array.isArray(value) ? Number(value[0]) : 0);
