/** The company without an ERP: what it does follows from its plan, and can be done. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '#kernel/time';
import type { DayOf, Intent } from './intent.ts';
import type { Plan } from './plan.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

const PLAN: Plan = { size: 'small', seed: 7, startedOn: localDate('2024-01-01') };

function lived(plan: Plan, days: number): { readonly world: World; readonly days: DayOf[] } {
  const world = openWorld(plan);
  return { world, days: Array.from({ length: days }, () => world.live().entities).flat() };
}

test('the same plan makes the same company, another seed another one', () => {
  const text = (plan: Plan): string => {
    const world = openWorld(plan);
    return JSON.stringify(Array.from({ length: 120 }, () => world.live()));
  };
  expect(text(PLAN)).toBe(text(PLAN));
  expect(text(PLAN)).not.toBe(text({ ...PLAN, seed: 8 }));
});

test('a world that is lived again up to a day goes on as the first one did', () => {
  const [whole, again] = [openWorld(PLAN), openWorld(PLAN)];
  for (let day = 0; day < 60; day += 1) whole.live();
  for (let day = 0; day < 60; day += 1) again.live();
  expect(again.live()).toEqual(whole.live());
});

test('nothing leaves that is not there, nothing is done twice, nothing names what is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const { world, days } = lived({ ...PLAN, seed }, 150);
      for (const { code } of world.catalogue.trades.map(({ entity }) => entity)) {
        expect(brokenIn(world, code, days)).toEqual([]);
      }
    }),
    { numRuns: Number(process.env['RIALTO_RUNS'] ?? 5) },
  );
});

/** Lives the days of a legal entity over again with a ledger of pieces: what cannot have been. */
function brokenIn(world: World, entity: string, days: readonly DayOf[]): readonly string[] {
  const broken: string[] = [];
  const stock = new Map(
    world.opening
      .filter((each) => each.entity === entity)
      .map((each) => [`${each.item}@${each.warehouse}`, each.quantity]),
  );
  const known = new Map<string, Intent>();
  const paid = new Set<string>(); // Keys of payments that runs have made.
  const goods = new Map(world.catalogue.goods.map((good) => [good.number, good]));
  const move = (item: string, warehouse: string, by: number): void => {
    const left = (stock.get(`${item}@${warehouse}`) ?? 0) + by;
    if (left < 0) broken.push(`${item} in ${warehouse}: ${left}`);
    stock.set(`${item}@${warehouse}`, left);
  };
  const wanted = (order: string, line: number) => {
    const of = known.get(order);
    const found = of !== undefined && 'lines' in of ? of.lines[line - 1] : undefined;
    if (found === undefined || !('warehouse' in found)) throw new Error(`no ${order} ${line}`);
    return found;
  };
  const pieces = (intent: Intent): void => {
    if (intent.kind === 'receipt' || intent.kind === 'customer-return') {
      for (const { line, quantity } of intent.lines) {
        const { item, warehouse } = wanted(intent.order, line);
        move(item, warehouse, quantity);
      }
    } else if (intent.kind === 'delivery') {
      for (const { line, quantity } of intent.lines) {
        const { item, warehouse } = wanted(intent.order, line);
        move(item, warehouse, -quantity);
      }
    } else if (intent.kind === 'work-order') {
      for (const part of goods.get(intent.item)?.parts ?? []) {
        move(part.item, 'PLANT', -part.quantity * intent.quantity);
      }
    } else if (intent.kind === 'confirmation' && intent.isLast) {
      const made = known.get(intent.order);
      if (made?.kind === 'work-order') move(made.item, 'PLANT', intent.good);
    } else if (intent.kind === 'stock-transfer') {
      move(intent.item, intent.from, -intent.quantity);
      move(intent.item, intent.to, intent.quantity);
    } else if (intent.kind === 'stock-loss') {
      move(intent.item, intent.warehouse, -intent.quantity);
    } else if (intent.kind === 'stock-count') {
      for (const { item, quantity } of intent.differences) move(item, intent.warehouse, quantity);
    } else if (intent.kind === 'consignment') {
      move(intent.item, `${intent.warehouse} of ${intent.supplier}`, intent.quantity);
    } else if (intent.kind === 'withdrawal') {
      move(intent.item, `${intent.warehouse} of ${intent.supplier}`, -intent.quantity);
      move(intent.item, intent.warehouse, intent.quantity);
    }
  };
  for (const { intents, labels } of days.filter((day) => day.entity === entity)) {
    for (const intent of intents) {
      if (known.has(intent.key)) broken.push(`${intent.key} twice`);
      known.set(intent.key, intent);
      pieces(intent);
    }
    const runs = intents.flatMap((each) => (each.kind === 'payment-run' ? each.payments : []));
    for (const { key } of runs) paid.add(key);
    const named = labels.flatMap(({ documents }) => documents);
    const wrong = named.filter(
      ({ key, kind }) =>
        known.get(key)?.kind !== kind && !(kind === 'supplier-payment' && paid.has(key)),
    );
    broken.push(...wrong.map(({ key, kind }) => `a label names ${kind} ${key}`));
  }
  return broken;
}

test('within two years each kind of oddity is planted', () => {
  const { days } = lived(PLAN, 730);
  const kinds = new Set(days.flatMap(({ labels }) => labels.map(({ kind }) => kind)));
  expect([...kinds].toSorted()).toEqual([
    'bad-debt',
    'demand-spike',
    'duplicate-invoice',
    'duplicate-payment',
    'invoice-price-above-order',
    'invoice-quantity-above-receipt',
    'late-close',
    'late-payer',
    'machine-breakdown',
    'machine-drift',
    'mispriced-sale',
    'off-contract-purchase',
    'project-overrun',
    'purchase-without-order',
    'returned-batch',
    'split-purchase',
    'stock-out',
    'stock-shrinkage',
    'supplier-delays',
    'unmatched-bank-line',
    'unusual-journal',
  ]);
});

test('sales have seasons and grow', () => {
  const { days } = lived(PLAN, 365 * 3);
  const ordersIn = (month: string): number =>
    days
      .filter(({ on }) => on.startsWith(month))
      .reduce(
        (sum, { intents }) => sum + intents.filter((each) => each.kind === 'sales-order').length,
        0,
      );
  expect(ordersIn('2024-11')).toBeGreaterThan(ordersIn('2024-08') * 1.1);
  expect(ordersIn('2026-0')).toBeGreaterThan(ordersIn('2024-0') * 1.08);
});

test('the first project overruns: it takes more hours than were planned, and ends late', () => {
  const { days } = lived(PLAN, 120);
  const intents = days.filter(({ entity }) => entity === 'NWDE').flatMap((day) => day.intents);
  const [first] = intents.filter((each) => each.kind === 'project');
  const hours = (first?.tasks ?? [])
    .flatMap(({ months }) => months)
    .reduce((sum, month) => sum + month.hours, 0);
  const worked = intents
    .flatMap((each) =>
      each.kind === 'time-sheet' && each.project === first?.key ? each.lines : [],
    )
    .reduce((sum, { quarters }) => sum + quarters / 4, 0);
  const done = intents.find(
    (each) => each.kind === 'complete-project' && each.project === first?.key,
  );
  expect(worked).toBeGreaterThan(hours * 1.4);
  expect((done?.on ?? '') > (first?.endsOn ?? '')).toBe(true);
  const labels = days.flatMap((day) => day.labels);
  expect(labels.find(({ kind }) => kind === 'project-overrun')?.documents).toEqual([
    { kind: 'project', key: first?.key },
  ]);
});

test('subscribers sign up, want more and less, pause, come back and leave', () => {
  const { days } = lived(PLAN, 730);
  const intents = days.flatMap((day) => day.intents);
  const steps = intents.flatMap((each) => (each.kind === 'subscription-step' ? [each.step] : []));
  expect([...new Set(steps)].toSorted()).toEqual(['change', 'end', 'pause', 'resume']);
  const signed = intents.filter((each) => each.kind === 'subscription' && each.on > PLAN.startedOn);
  expect(signed.length).toBeGreaterThan(steps.filter((step) => step === 'end').length);
});

test('of what is quoted some is ordered, some is lost; stores help one another out', () => {
  const { days } = lived(PLAN, 365);
  const intents = days.flatMap((day) => day.intents);
  const count = (wanted: (intent: Intent) => boolean): number => intents.filter(wanted).length;
  const quoted = count(({ kind }) => kind === 'quotation');
  const won = count((each) => each.kind === 'sales-order' && each.quotation !== undefined);
  const lost = count(({ kind }) => kind === 'quotation-loss');
  expect(won).toBeGreaterThan(20);
  expect(lost).toBeGreaterThan(10);
  expect(quoted).toBeGreaterThan(won + lost);
  expect(count(({ kind }) => kind === 'stock-transfer')).toBeGreaterThan(5);
});

test('some of what is made is coated outside: what goes out comes back, good or scrap', () => {
  const { days } = lived(PLAN, 200);
  const intents = days.flatMap((day) => day.intents);
  const sent = intents.flatMap((each) => (each.kind === 'outside-order' ? [each] : []));
  const back = intents.flatMap((each) => (each.kind === 'outside-receipt' ? [each] : []));
  expect(sent.length).toBeGreaterThan(5);
  for (const { order, good, scrap, on } of back) {
    const found = sent.find((each) => each.order === order);
    expect(found?.quantity).toBe(good + scrap);
    expect((found?.on ?? '') < on).toBe(true);
  }
});

test('what somebody asks for is ordered as it was asked, or declined', () => {
  const { days } = lived(PLAN, 365);
  const intents = days.flatMap(({ entity, intents: own }) =>
    own.map((intent) => ({ entity, intent })),
  );
  const asked = intents.flatMap(({ entity, intent }) =>
    intent.kind === 'requisition' ? [{ entity, intent }] : [],
  );
  const declined = asked.filter(({ intent }) => intent.refusedBecause !== undefined);
  expect(asked.length).toBeGreaterThan(20);
  expect(declined.length).toBeGreaterThan(0);
  const orders = intents.flatMap(({ entity, intent }) =>
    intent.kind === 'purchase-order' && intent.requisition !== undefined
      ? [{ entity, requisition: intent.requisition, lines: intent.lines }]
      : [],
  );
  const told = (all: readonly { readonly entity: string; readonly requisition: string }[]) =>
    all.map(({ entity, requisition }) => `${entity} ${requisition}`).toSorted();
  const approved = asked.flatMap(({ entity, intent: { key, lines, refusedBecause, on } }) =>
    refusedBecause === undefined && on < '2024-12-20' ? [{ entity, requisition: key, lines }] : [],
  );
  const due = orders.filter((order) =>
    approved.some((each) => told([each])[0] === told([order])[0]),
  );
  expect(told(due)).toEqual(told(approved));
  const linesOf = new Map(approved.map((each) => [told([each])[0], each.lines]));
  for (const order of due) expect(order.lines).toEqual(linesOf.get(told([order])[0]));
  const refused = new Set(declined.map(({ entity, intent }) => `${entity} ${intent.key}`));
  expect(told(orders).filter((each) => refused.has(each))).toEqual([]);
});

test('all is counted in December, some of it at the end of each other quarter', () => {
  const { days } = lived(PLAN, 366);
  const counts = days.flatMap(({ intents }) =>
    intents.flatMap((each) => (each.kind === 'stock-count' ? [each] : [])),
  );
  const whole = counts.filter(({ items }) => items === undefined);
  expect(whole.map(({ on, warehouse }) => `${warehouse} ${on}`)).toEqual(
    ['PLANT', 'HAM', 'ZRH', 'CLE', 'OAK'].map((warehouse) => `${warehouse} 2024-12-31`),
  );
  expect(new Set(counts.map(({ on }) => on))).toEqual(
    new Set(['2024-03-31', '2024-06-30', '2024-09-30', '2024-12-31']),
  );
  const differences = counts.flatMap((each) => each.differences);
  expect(differences.some(({ quantity }) => quantity > 0)).toBe(true);
  expect(differences.some(({ quantity }) => quantity < 0)).toBe(true);
});

test('suppliers leave materials in the plant, and charge what was taken', () => {
  const { days, world } = lived(PLAN, 365);
  const intents = days.flatMap(({ intents: own }) => own);
  const taken = intents.flatMap((each) => (each.kind === 'withdrawal' ? [each] : []));
  const givers = new Set(taken.map(({ supplier }) => supplier));
  expect(givers.size).toBe(2);
  expect(taken.length).toBeGreaterThan(10);
  const sources = world.catalogue.trades[0]?.sources;
  const ordered = intents.flatMap((each) => (each.kind === 'purchase-order' ? each.lines : []));
  for (const { item } of taken) {
    expect(sources?.get(item)).toMatchObject({ isConsigned: true });
    expect(ordered.filter((line) => line.item === item)).toEqual([]);
  }
  const charged = intents
    .flatMap((each) => (each.kind === 'supplier-invoice' ? [each] : []))
    .flatMap(({ on, lines }) =>
      lines.flatMap((line) => ('withdrawal' in line ? [{ on, ...line }] : [])),
    );
  const [last] = charged.toReversed();
  const due = taken.filter(({ on }) => on <= (last?.on ?? ''));
  const said = (key: string, quantity: number, price: number) => `${key} ${quantity} ${price}`;
  expect(
    charged.map((line) => said(line.withdrawal, line.quantity, line.unitPrice)).toSorted(),
  ).toEqual(due.map((each) => said(each.key, each.quantity, each.unitPrice)).toSorted());
});

test('suppliers are paid once, in time: by a run a week, and abroad one by one', () => {
  const { days, world } = lived(PLAN, 200);
  const own = days.filter(({ entity }) => entity === 'NWDE');
  const runs = own.flatMap(({ intents }) =>
    intents.flatMap((each) => (each.kind === 'payment-run' ? [each] : [])),
  );
  expect(runs.length).toBeGreaterThan(20);
  const currencies = new Map(
    world.catalogue.trades[0]?.suppliers.map(({ number, currency }) => [number, currency]),
  );
  const paid = runs.flatMap(({ payments }) => payments.map(({ supplier }) => supplier));
  expect(new Set(paid.map((supplier) => currencies.get(supplier)))).toEqual(new Set(['EUR']));
  const single = own.flatMap(({ intents }) =>
    intents.flatMap((each) => (each.kind === 'supplier-payment' ? [each.supplier] : [])),
  );
  expect(single.filter((supplier) => currencies.get(supplier) === 'EUR')).toEqual([]);
});

test('a project that is completed has reached what it was to reach', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const { days, world } = lived({ ...PLAN, seed }, 365);
      for (const { code } of world.catalogue.trades.map(({ entity }) => entity)) {
        const own = days.filter(({ entity }) => entity === code);
        expect(notReached(own.flatMap(({ intents }) => intents))).toEqual([]);
      }
    }),
    { numRuns: Number(process.env['RIALTO_RUNS'] ?? 8) },
  );
});

test('hours are charged once they are written down, and none that are written down later', () => {
  const { days } = lived(PLAN, 365 * 2);
  const own = days.flatMap(({ entity, intents }) => intents.map((each) => ({ entity, ...each })));
  const sheets = own.flatMap((each) => (each.kind === 'time-sheet' ? [each] : []));
  const bills = own.flatMap((each) =>
    each.kind === 'project-bill' && each.hoursUntil !== undefined ? [each] : [],
  );
  expect(bills.length).toBeGreaterThan(5);
  const before = new Map<string, string>();
  for (const { entity, project, on, hoursUntil = on } of bills) {
    const key = `${entity} ${project}`;
    const charged = sheets
      .filter((sheet) => sheet.entity === entity && sheet.project === project)
      .flatMap((sheet) => sheet.lines.map((line) => ({ writtenOn: sheet.on, on: line.on })))
      .filter((line) => line.on > (before.get(key) ?? '') && line.on <= hoursUntil);
    expect(charged.length).toBeGreaterThan(0);
    expect(charged.filter(({ writtenOn }) => writtenOn > on)).toEqual([]);
    before.set(key, hoursUntil);
  }
});

/** Milestones of completed projects that were planned and never reached. */
function notReached(intents: readonly Intent[]): readonly string[] {
  const of = <Kind extends Intent['kind']>(kind: Kind): Extract<Intent, { kind: Kind }>[] =>
    intents.filter((each): each is Extract<Intent, { kind: Kind }> => each.kind === kind);
  const planned = [
    ...of('project').map(({ key, milestones }) => ({ project: key, milestones })),
    ...of('change-order').filter(({ isApproved }) => isApproved),
  ];
  const done = new Set(
    intents.flatMap((each) => (each.kind === 'complete-project' ? [each.project] : [])),
  );
  const reached = new Set(of('milestone').map((each) => `${each.project} ${each.milestone}`));
  return planned
    .filter(({ project }) => done.has(project))
    .flatMap(({ project, milestones }) => milestones.map(({ number }) => `${project} ${number}`))
    .filter((milestone) => !reached.has(milestone));
}
