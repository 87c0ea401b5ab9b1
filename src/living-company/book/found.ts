import type { Handle } from '#database';
import { createLegalEntity, findLegalEntity, setPaymentTerms, STANDARD_TERMS } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { setUnits, STANDARD_UNITS } from '#erp/company/setup';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import { createWarehouses, moveStock } from '#erp/inventory';
import { createAgreements, createBoms, createItemGroups, createItems } from '#erp/items';
import type { ItemDraft } from '#erp/items';
import { createCostCentres, installLedger, postEntries } from '#erp/ledger';
import { closePeriod, createFiscalYear, listPeriods } from '#erp/ledger/closing';
import { createCustomers, createSuppliers } from '#erp/parties';
import { createRoutings, createWorkCentres } from '#erp/production/setup';
import { setApprovalLimit } from '#erp/purchasing';
import { assert, newId } from '#kernel';
import { decimal, multiplyDecimals, sumDecimals } from '#kernel/decimal';
import { millisecondsOf, partsOf } from '#kernel/time';
import { livingError } from '../errors.ts';
import { APPROVAL_LIMIT } from '../world/buy.ts';
import { ASSEMBLY_SECONDS, coaterOf, HOUR } from '../world/catalogue.ts';
import type { Good, Trade } from '../world/catalogue.ts';
import { inCurrency } from '../world/plan.ts';
import type { Plan } from '../world/plan.ts';
import type { World } from '../world/world.ts';
import { money, pieces } from './amounts.ts';
import { OUTSIDE } from './book-outside.ts';
import { foundBanks, foundPayees } from './banks.ts';
import { foundServices } from './found-services.ts';
import { made } from './made.ts';
import type { Names } from './names.ts';

type Founding = {
  readonly tx: Handle;
  readonly context: ErpContext;
  readonly plan: Plan;
  readonly world: World;
  readonly names: Map<string, string>;
};

/**
 * Founds the legal entities with their books, master data and opening balances. Refused where there
 * is one of their codes, or a series of item numbers, already.
 */
export async function found(
  tx: Handle,
  contextOf: (entity: string) => ErpContext,
  plan: Plan,
  world: World,
): Promise<Names> {
  const names = new Map<string, string>();
  const [first] = world.catalogue.trades;
  assert(first !== undefined, 'a company has a legal entity');
  for (const { entity } of world.catalogue.trades) {
    if ((await findLegalEntity(tx, entity.code)) === undefined) continue;
    throw livingError('conflict', 'living-company.books-exist', `founding ${entity.code}`, {
      remedy: 'A company is founded once, in a data folder of its own: name an empty one.',
    });
  }
  await setPaymentTerms(tx, STANDARD_TERMS);
  await setUnits(tx, STANDARD_UNITS);
  for (const trade of world.catalogue.trades) {
    const of = { tx, context: contextOf(trade.entity.code), plan, world, names };
    await foundEntity(of, trade);
    if (trade === first) await foundGoods(of);
    await foundTrade(of, trade);
    if (trade === first) await foundDesigns(of, trade);
    const validFrom = plan.startedOn;
    await foundBanks(tx, of.context, trade);
    await foundPayees(tx, of.context, { trade, validFrom, names });
    await foundServices(tx, of.context, { trade, validFrom, names });
  }
  for (const trade of world.catalogue.trades) {
    const of = { tx, context: contextOf(trade.entity.code), plan, world, names };
    await openBooks(of, trade);
  }
  return names;
}

async function foundEntity({ tx, context, plan }: Founding, { entity }: Trade): Promise<void> {
  const { code, name, country, currency, timeZone } = entity;
  made([await createLegalEntity(tx, context, { code, name, country, currency, timeZone })]);
  await addTaxCodes(tx, code, standardTaxCodes(country));
  await installLedger(tx, context);
  await setApprovalLimit(tx, code, money(APPROVAL_LIMIT));
  const [year, month] = partsOf(plan.startedOn);
  for (const each of [year, year + 1]) made([await createFiscalYear(tx, context, each)]);
  const before = await listPeriods(tx, { legalEntity: code, fiscalYear: year });
  for (const { fiscalYear, period, version } of before.filter((each) => each.period < month)) {
    const reason = 'before the company began';
    made([await closePeriod(tx, context, { fiscalYear, period, version, reason })]);
  }
}

const GROUPS = { raw: 'raw', merchandise: 'merchandise', product: 'finished' } as const;
const KINDS = { raw: 'raw', merchandise: 'stock', product: 'finished' } as const;

/** Items, what they are made of, and how. */
async function foundGoods({ tx, context, plan, world, names }: Founding): Promise<void> {
  await createItemGroups(
    tx,
    context,
    Object.values(GROUPS).map((code) => ({ code, name: code })),
  );
  const { goods, lines } = world.catalogue;
  const items = await createItems(tx, context, goods.map(itemDraft));
  made(items).forEach(({ id }, at) => names.set(goods[at]?.number ?? '', id));
  await createCostCentres(
    tx,
    context,
    [...lines, 'ASSY'].map((code) => ({
      code,
      name: { en: code, de: code },
      validFrom: plan.startedOn,
    })),
  );
  const validFrom = plan.startedOn;
  const labourRate = money(HOUR.labour);
  const centres = await createWorkCentres(tx, context, [
    ...lines.map((code) => ({
      code,
      name: `Production ${code.toLowerCase()}`,
      kind: 'machine' as const,
      costCentre: code,
      rates: [{ validFrom, machineRate: money(HOUR.machine), labourRate }],
    })),
    {
      code: 'ASSY',
      name: 'Assembly',
      kind: 'labour',
      costCentre: 'ASSY',
      machines: 6,
      rates: [{ validFrom, machineRate: decimal('0'), labourRate }],
    },
  ]);
  made(centres).forEach(({ id }, at) => names.set([...lines, 'ASSY'][at] ?? '', id));
}

const itemDraft = (good: Good): ItemDraft => ({
  number: good.number,
  name: good.name,
  kind: KINDS[good.kind],
  baseUnit: 'C62',
  itemGroup: GROUPS[good.kind],
  ...(good.kind === 'product' ? { costing: 'standard', standardCost: money(good.cost) } : {}),
  ...(good.kind === 'raw' ? {} : { listPrice: money(good.price), listCurrency: 'EUR' }),
});

async function foundDesigns(
  { tx, context, plan, world, names }: Founding,
  trade: Trade,
): Promise<void> {
  const products = world.catalogue.goods.filter(({ kind }) => kind === 'product');
  const common = { version: '1', baseQuantity: decimal('1'), validFrom: plan.startedOn };
  const boms = products.map(({ number, parts }) => ({
    ...common,
    item: nameIn(names, number),
    lines: parts.map(({ item, quantity }, at) => ({
      line: `${at + 1}`,
      component: nameIn(names, item),
      quantity: pieces(quantity),
      scrapPercent: decimal('0'),
      operation: '10',
    })),
  }));
  made(await createBoms(tx, context, boms));
  const coater = coaterOf(trade);
  const routings = products.map(({ number, runSeconds, line, coating }) => ({
    ...common,
    item: nameIn(names, number),
    operations: [
      {
        number: 10,
        name: 'Machine',
        kind: 'inside' as const,
        workCentre: nameIn(names, line),
        setupSeconds: 1_800,
        runSeconds: pieces(runSeconds),
      },
      ...(coating === 0 || coater === undefined
        ? []
        : [
            {
              number: OUTSIDE,
              name: 'Coat',
              kind: 'outside' as const,
              supplier: nameIn(names, coater.number),
              unitPrice: money(coating),
            },
          ]),
      {
        number: 20,
        name: 'Assemble and test',
        kind: 'inside' as const,
        workCentre: nameIn(names, 'ASSY'),
        setupSeconds: 0,
        runSeconds: pieces(ASSEMBLY_SECONDS),
      },
    ],
  }));
  made(await createRoutings(tx, context, routings));
}

function nameIn(names: Names, name: string): string {
  const id = names.get(name);
  assert(id !== undefined, `nothing is called ${name}`);
  return id;
}

/** Warehouses, customers, suppliers, and what is agreed with them. */
async function foundTrade({ tx, context, plan, names }: Founding, trade: Trade): Promise<void> {
  const { entity, customers, suppliers, sources } = trade;
  const houses = await createWarehouses(tx, context, [...entity.warehouses]);
  made(houses).forEach(({ id }, at) => names.set(entity.warehouses[at]?.code ?? '', id));
  const buyers = await createCustomers(
    tx,
    context,
    customers.map(({ number, name, country, currency, terms, segment }) => ({
      number,
      name,
      country,
      currency,
      paymentTerms: terms,
      segment,
    })),
  );
  made(buyers).forEach(({ id }, at) => names.set(customers[at]?.number ?? '', id));
  const sellers = await createSuppliers(
    tx,
    context,
    suppliers.map(({ number, name, country, currency, terms }) => ({
      number,
      name,
      country,
      currency,
      paymentTerms: terms,
    })),
  );
  made(sellers).forEach(({ id }, at) => names.set(suppliers[at]?.number ?? '', id));
  const agreed = [...sources].filter(([, { isAgreed }]) => isAgreed);
  const bySupplier = Map.groupBy(agreed, ([, { supplier }]) => supplier);
  const currencies = new Map(suppliers.map(({ number, currency }) => [number, currency]));
  const agreements = [...bySupplier].map(([supplier, lines]) => ({
    side: 'purchase' as const,
    party: nameIn(names, supplier),
    kind: 'price' as const,
    currency: currencies.get(supplier) ?? entity.currency,
    validFrom: plan.startedOn,
    lines: lines.map(([item, { price }], at) => ({
      line: `${at + 1}`,
      item: nameIn(names, item),
      price: money(price),
    })),
  }));
  made(await createAgreements(tx, context, agreements));
}

const MONTHS_OF_MONEY = 6;

/** What it works with, what is on the shelves and in the bank when the company begins, against equity. */
async function openBooks(
  { tx, context, plan, world, names }: Founding,
  trade: Trade,
): Promise<void> {
  const { code, currency } = trade.entity;
  const id = newId('open', millisecondsOf(context.clock()));
  const opening = world.opening.filter(({ entity }) => entity === code);
  const goods = new Map(world.catalogue.goods.map((good) => [good.number, good]));
  const moved = await moveStock(
    tx,
    context,
    opening.map(({ item, warehouse, quantity }, at) => ({
      kind: 'receipt',
      item: nameIn(names, item),
      warehouse: nameIn(names, warehouse),
      quantity: pieces(quantity),
      value: multiplyDecimals(
        money(inCurrency(goods.get(item)?.cost ?? 1, currency)),
        pieces(quantity),
      ),
      postedOn: plan.startedOn,
      source: { area: 'living-company', kind: 'opening', id, line: `${at + 1}` },
    })),
  );
  const values = made(moved).map(({ value }) => value);
  const byGroup = Map.groupBy(opening.keys(), (at) => goods.get(opening[at]?.item ?? '')?.kind);
  const stock = [...byGroup].map(([kind, places]) => ({
    posting: { key: 'stock' as const, itemGroup: GROUPS[kind ?? 'merchandise'] },
    amount: sumDecimals(places.map((at) => values[at] ?? decimal('0'))),
  }));
  const cash = money(inCurrency((world.plannedSales.get(code) ?? 0) * MONTHS_OF_MONEY, currency));
  const assets = [
    ...(world.fixedAssets.get(code) ?? []).map((each) => ({ ...each, amount: money(each.amount) })),
    ...stock,
    { account: '1400', amount: cash },
  ];
  const all = sumDecimals(assets.map(({ amount }) => amount));
  const posted = await postEntries(tx, context, [
    {
      legalEntity: code,
      kind: 'opening',
      postedOn: plan.startedOn,
      documentOn: plan.startedOn,
      currency,
      text: 'What the company begins with',
      source: { area: 'living-company', kind: 'opening', id, number: `${code} opening` },
      lines: [...assets, { account: '3000', amount: multiplyDecimals(all, decimal('-1')) }],
    },
  ]);
  made(posted);
}
