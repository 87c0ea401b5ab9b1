import type { Draft } from './draft.ts';

type Note = { readonly en: string; readonly de: string };

/** What a question about records themselves is measured and cut by. */
export type Shape = {
  readonly metrics: readonly string[];
  readonly by?: readonly string[];
  readonly order?: { readonly by: string; readonly direction: 'asc' | 'desc' };
  readonly limit?: number;
  /** Only records with none of it: 'suppliers without orders'. */
  readonly none?: string;
  readonly note?: Note;
};

const ORDER_LIST = ['purchase_order', 'supplier', 'issued_on'] as const;
const LATE_LIST = ['purchase_order', 'supplier', 'promised_on'] as const;
const LIST_DEFAULT = 10;

const RULES: readonly ((draft: Draft) => Shape | undefined)[] = [
  withoutOrders,
  latestOrders,
  agreements,
  lateOrders,
  openOrders,
  orderList,
  shareOfSuppliers,
  recordList,
  whatWasBought,
];

/** Reads lists, last orders, late and open orders, who supplies what, and who got no order. */
export function shapeOf(draft: Draft): Shape | undefined {
  for (const rule of RULES) {
    const shape = rule(draft);
    if (shape !== undefined) return shape;
  }
  return undefined;
}

/** Whether the question names a dimension, as a cut or only in passing. */
export function names(draft: Draft, dimension: string): boolean {
  return [...draft.by, ...draft.mentioned].some((each) => each.dimension === dimension);
}

const filtered = (draft: Draft, dimension: string): boolean =>
  draft.where.some((each) => each.member.dimension === dimension && !each.not);

const listing = ({ flags }: Draft): boolean =>
  !flags.has('count') && (flags.has('list') || flags.has('which') || flags.has('show'));

const ranked = ({ flags, limits }: Draft): boolean =>
  flags.has('top') || flags.has('most') || limits.length > 0;

/** Nothing is measured but what the rule itself measures. */
const measuresOnly = (draft: Draft, ...metrics: readonly string[]): boolean =>
  draft.metrics.every((metric) => metrics.includes(metric));

/** No cut but these; a dimension named before its member is no cut. */
const cutsOnly = (draft: Draft, ...dimensions: readonly string[]): boolean =>
  [
    ...draft.by,
    ...draft.mentioned.filter(
      ({ dimension }) => !draft.where.some((each) => each.member.dimension === dimension),
    ),
  ].every((each) => dimensions.includes(each.dimension));

function withoutOrders(draft: Draft): Shape | undefined {
  if (!draft.flags.has('without')) return undefined;
  if (draft.metrics[0] === 'active_suppliers') {
    // 'Active vendors without orders': active by what stands on file.
    const member = { dimension: 'supplier_status', value: 'active', label: 'active' };
    draft.where.push({ member, not: false });
    draft.metrics = draft.metrics.slice(1);
  }
  if (!measuresOnly(draft, 'purchase_order_count')) return undefined;
  const item = names(draft, 'item') && !names(draft, 'supplier');
  return {
    metrics: [item ? 'item_count' : 'supplier_count', 'purchase_order_count'],
    by: [item ? 'item' : 'supplier'],
    none: 'purchase_order_count',
  };
}

function latestOrders(draft: Draft): Shape | undefined {
  const { flags, latest, count } = draft;
  const about = flags.has('orders') || flags.has('ordered');
  const open = draft.metrics.includes('open_commitments');
  if (latest === undefined || !about || open || !measuresOnly(draft, 'purchase_order_count'))
    return undefined;
  const one = draft.singular || !flags.has('orders') || flags.has('ordered');
  return {
    metrics: ['spend'],
    by: ORDER_LIST.filter((cut) => cut !== 'supplier' || !filtered(draft, 'supplier')),
    order: { by: 'issued_on', direction: latest === 'last' ? 'desc' : 'asc' },
    limit: count ?? (one ? 1 : LIST_DEFAULT),
  };
}

/** Who supplies an item, and at what price. */
function agreements(draft: Draft): Shape | undefined {
  const { flags, direction, count } = draft;
  const item = filtered(draft, 'item');
  const own = measuresOnly(draft, 'supplier_price', 'average_unit_price');
  if (!item || !own || !(flags.has('cheap') || flags.has('supplies'))) {
    const priced = item && draft.metrics[0] === 'supplier_price' && cutsOnly(draft, 'supplier');
    if (!priced || filtered(draft, 'supplier')) return undefined;
    return { metrics: ['supplier_price'], by: ['supplier'] };
  }
  const ranking = flags.has('cheap') && direction !== undefined;
  const way = direction === 'desc' ? 'desc' : 'asc';
  return {
    metrics: ['supplier_price'],
    by: ['supplier'],
    order: { by: 'supplier_price', direction: way },
    ...(ranking
      ? { limit: count ?? (draft.singular || !names(draft, 'supplier') ? 1 : LIST_DEFAULT) }
      : {}),
  };
}

function lateOrders(draft: Draft): Shape | undefined {
  const { flags } = draft;
  const overdue = flags.has('overdue');
  const late = overdue || flags.has('late') || draft.metrics.includes('late_order_count');
  const own = [
    'late_order_count',
    'purchase_order_count',
    ...(overdue ? ['open_commitments'] : []),
  ];
  if (!late || !measuresOnly(draft, ...own)) return undefined;
  if (overdue && !filtered(draft, 'order_status')) stillOpen(draft);
  if (flags.has('share') && (flags.has('orders-late') || cutsOnly(draft, 'purchase_order'))) {
    return {
      metrics: ['shipped_on_time_rate'],
      note: {
        en: 'Shown is the part on time; the rest is late.',
        de: 'Gezeigt ist der pünktliche Anteil; der Rest ist verspätet.',
      },
    };
  }
  if (listing(draft) && cutsOnly(draft, 'purchase_order') && !flags.has('most'))
    return { metrics: ['days_late'], by: LATE_LIST };
  return { metrics: ['late_order_count'] };
}

/** What is overdue is late and still to come. */
function stillOpen(draft: Draft): void {
  for (const value of ['issued', 'partly-received'])
    draft.where.push({ member: { dimension: 'order_status', value, label: value }, not: false });
}

function openOrders(draft: Draft): Shape | undefined {
  const { flags, limits } = draft;
  const [metric] = draft.metrics;
  const open = metric === 'open_commitments' || draft.metrics.includes('open_commitments');
  const aged = limits.some((limit) => limit.days) || flags.has('old');
  const about = open || (aged && flags.has('orders') && draft.metrics.length === 0);
  if (!about || !measuresOnly(draft, 'open_commitments', 'purchase_order_count')) return undefined;
  const list = cutsOnly(draft, 'purchase_order') && !flags.has('count');
  if (draft.latest !== undefined && list) {
    const direction = draft.latest === 'first' ? 'desc' : 'asc';
    const order = { by: 'open_order_age', direction } as const;
    const limit = draft.count ?? (draft.singular ? 1 : LIST_DEFAULT);
    return { metrics: ['open_order_age'], by: ORDER_LIST, order, limit };
  }
  if (aged) {
    const held = limits.length > 0 && list ? { by: ORDER_LIST } : {};
    return { metrics: ['open_order_age'], ...held };
  }
  if (flags.has('count') || draft.metrics.includes('purchase_order_count'))
    return { metrics: ['open_order_count'] };
  return list && listing(draft) ? { metrics: ['open_commitments'], by: ORDER_LIST } : undefined;
}

function orderList(draft: Draft): Shape | undefined {
  const { flags } = draft;
  const about = flags.has('orders') || draft.metrics[0] === 'purchase_order_count';
  if (!about || !listing(draft) || !cutsOnly(draft, 'purchase_order')) return undefined;
  const plain =
    !flags.has('top') && !flags.has('most') && !flags.has('share') && !flags.has('change');
  if (!plain || draft.latest !== undefined || flags.has('cheap')) return undefined;
  const [metric = 'spend'] = draft.metrics;
  if (!measuresOnly(draft, 'purchase_order_count', 'spend')) return undefined;
  return {
    metrics: [metric === 'purchase_order_count' && draft.limits.length === 0 ? 'spend' : metric],
    by: ORDER_LIST,
    note: {
      en: 'The orders are listed with their net value.',
      de: 'Die Bestellungen sind mit ihrem Nettowert aufgelistet.',
    },
  };
}

/** 'What percent of our vendors are preferred?': suppliers on file, not what was spent with them. */
function shareOfSuppliers(draft: Draft): Shape | undefined {
  const { flags, metrics, periods } = draft;
  const asked = flags.has('share') && metrics.length === 0 && periods.length === 0;
  if (!asked || !names(draft, 'supplier') || flags.has('ordered')) return undefined;
  if (!cutsOnly(draft, 'supplier', 'preferred_supplier')) return undefined;
  const kind = draft.where.find(({ member }) => OF_SUPPLIER.test(member.dimension));
  const by = names(draft, 'preferred_supplier') ? 'preferred_supplier' : kind?.member.dimension;
  if (by === undefined || by === 'supplier') return undefined;
  return { metrics: ['supplier_count'], by: [by] };
}

const OF_SUPPLIER = /^(supplier($|_)|credit_rating$|preferred_supplier$)/;

function recordList(draft: Draft): Shape | undefined {
  const { flags, periods } = draft;
  if (ranked(draft) || flags.has('count') || flags.has('share') || flags.has('change'))
    return undefined;
  const active = draft.metrics[0] === 'active_suppliers';
  if (!measuresOnly(draft, 'active_suppliers', 'supplier_count') || periods.length > 0)
    return undefined;
  const listed = flags.has('list') || flags.has('show');
  const own = draft.where.every((each) => OF_SUPPLIER.test(each.member.dimension));
  const preferred = names(draft, 'preferred_supplier');
  const about =
    (names(draft, 'supplier') || preferred) && cutsOnly(draft, 'supplier', 'preferred_supplier');
  const asked = listed || flags.has('which') || draft.where.length > 0 || preferred;
  if (active && listed && draft.by.length + draft.mentioned.length === 0) {
    const member = { dimension: 'supplier_status', value: 'active', label: 'active' };
    draft.where.push({ member, not: false });
    return { metrics: ['supplier_count'], by: ['supplier'], note: STATUS_ON_FILE };
  }
  const onFile = draft.metrics[0] === 'supplier_count' && flags.has('list');
  if (onFile && own && cutsOnly(draft)) return { metrics: ['supplier_count'], by: ['supplier'] };
  const status = draft.where.some((each) => each.member.dimension === 'supplier_status');
  if (own && draft.metrics.length === 0 && cutsOnly(draft, 'supplier') && status && listed)
    return { metrics: ['supplier_count'], by: ['supplier'] };
  if (!flags.has('ordered') && own && about && asked && !filtered(draft, 'supplier'))
    return { metrics: ['supplier_count'], by: ['supplier'] };
  return undefined;
}

const STATUS_ON_FILE: Note = {
  en: 'Active is taken as the status on file.',
  de: 'Aktiv ist als Status im Stamm verstanden.',
};

function whatWasBought(draft: Draft): Shape | undefined {
  const { flags } = draft;
  const named = flags.has('which') && flags.has('ordered') && names(draft, 'item');
  const lines = listing(draft) && names(draft, 'item') && filtered(draft, 'purchase_order');
  const asked =
    flags.has('bought') || named || lines || (flags.has('supplies') && draft.where.length > 0);
  const free = measuresOnly(draft, 'spend') && !ranked(draft) && !flags.has('share');
  if (!asked || !free || flags.has('count') || flags.has('change')) return undefined;
  const supplier = filtered(draft, 'supplier');
  if (lines) return { metrics: ['spend', 'ordered_quantity'], by: ['item'] };
  if (!cutsOnly(draft, 'item', 'supplier')) return undefined;
  if (supplier) return { metrics: ['spend', 'ordered_quantity'], by: ['item'] };
  if (filtered(draft, 'item')) return { metrics: ['spend', 'ordered_quantity'], by: ['supplier'] };
  return { metrics: ['spend', 'ordered_quantity'], by: ['item'] };
}
