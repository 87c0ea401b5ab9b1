/** A document as a link of the flow names it. */
export type FlowRef = { readonly kind: string; readonly id: string; readonly number: string };
type Link = { readonly from: FlowRef; readonly to: FlowRef };

/** A document in the picture: where it stands, what it came of, and what it was booked as. */
export type FlowNode = FlowRef & {
  readonly key: string;
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly cameOf: readonly string[]; // Numbers.
  readonly entries: readonly FlowRef[]; // Journal entries.
};

/** The picture of what came of what. `left out` documents have no part in how the one shown came. */
export type FlowPicture = {
  readonly nodes: readonly FlowNode[]; // From left to right, each column from the top.
  readonly lines: readonly { readonly key: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
  readonly leftOut: number;
};

export const NODE_WIDTH = 172;
const HEAD_HEIGHT = 54;
const ENTRY_HEIGHT = 26;
const COLUMN_GAP = 46;
const ROW_GAP = 14;
const LANE_HEIGHT = 18; // Of a line that passes a column.
const COLUMN_MOST = 12;
const ENTRY = 'journal-entry';

/** Which stage of business a kind belongs to, so that the same things stand below each other. */
const STAGES: Readonly<Record<string, number>> = {
  quotation: 0,
  requisition: 0,
  project: 0,
  'sales-order': 1,
  'purchase-order': 1,
  'work-order': 2,
  delivery: 3,
  'goods-receipt': 3,
  'stock-document': 3,
  'production-posting': 3,
  'customer-invoice': 4,
  'supplier-invoice': 4,
  'customer-credit-note': 5,
};
const LAST_STAGE = 6;

const keyOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string =>
  `${kind} ${id}`;

/** How documents hang together: each with what it came of and what came of it. */
type Graph = {
  readonly refs: ReadonlyMap<string, FlowRef>;
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, readonly string[]>;
  readonly entries: ReadonlyMap<string, readonly FlowRef[]>;
};

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  map.set(key, [...(map.get(key) ?? []), value]);
};

function graphOf(links: readonly Link[], shown: FlowRef): Graph {
  const refs = new Map<string, FlowRef>();
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  const entries = new Map<string, FlowRef[]>();
  if (shown.kind !== ENTRY) refs.set(keyOf(shown), shown);
  for (const { from, to } of links) {
    if (from.kind !== ENTRY) refs.set(keyOf(from), from);
    if (to.kind === ENTRY) push(entries, keyOf(from), to);
    else {
      refs.set(keyOf(to), to);
      push(after, keyOf(from), keyOf(to));
      push(before, keyOf(to), keyOf(from));
    }
  }
  return { refs, before, after, entries };
}

function reachedFrom(start: readonly string[], next: ReadonlyMap<string, readonly string[]>) {
  const reached = new Set(start);
  for (const key of reached) for (const one of next.get(key) ?? []) reached.add(one);
  return reached;
}

/** The documents that the one shown came of, and that came of it. */
function relativesOf(graph: Graph, shown: FlowRef): ReadonlySet<string> {
  const start =
    shown.kind === ENTRY
      ? [...graph.entries].flatMap(([key, of]) =>
          of.some(({ id }) => id === shown.id) ? [key] : [],
        )
      : [keyOf(shown)];
  return new Set([...reachedFrom(start, graph.before), ...reachedFrom(start, graph.after)]);
}

/** Each document right of what it came of, and not left of its stage; empty columns closed up. */
function columnsOf(graph: Graph): ReadonlyMap<string, number> {
  const column = new Map<string, number>();
  for (const [key, { kind }] of graph.refs) column.set(key, STAGES[kind] ?? LAST_STAGE);
  for (let round = 0; round < graph.refs.size; round += 1) {
    let moved = false;
    for (const [key, parents] of graph.before) {
      const least = Math.max(...parents.map((parent) => (column.get(parent) ?? 0) + 1));
      if (least <= (column.get(key) ?? 0)) continue;
      column.set(key, least);
      moved = true;
    }
    if (!moved) break;
  }
  const used = [...new Set(column.values())].toSorted((a, b) => a - b);
  return new Map([...column].map(([key, at]) => [key, used.indexOf(at)]));
}

/** A place in a column: a document, or a lane in which a line passes. */
type Slot = { readonly key: string; readonly from: readonly string[]; readonly height: number };

const laneOf = (parent: string, at: number): string => `${parent} past ${at}`;

/** Documents of each column and the lanes of lines that pass it; lines of one parent share theirs. */
function slotsOf(graph: Graph, column: ReadonlyMap<string, number>, kept: ReadonlySet<string>) {
  const placeOf = (key: string): number => column.get(key) ?? 0;
  const width = Math.max(0, ...[...column.values()].map((at) => at + 1));
  const slots = Array.from({ length: width }, () => new Map<string, Slot>());
  for (const key of kept) {
    const height = HEAD_HEIGHT + (graph.entries.get(key)?.length ?? 0) * ENTRY_HEIGHT;
    const at = placeOf(key);
    const parents = (graph.before.get(key) ?? []).filter((parent) => kept.has(parent));
    const lastStop = (parent: string, before: number): string =>
      placeOf(parent) === before - 1 ? parent : laneOf(parent, before - 1);
    slots[at]?.set(key, { key, from: parents.map((parent) => lastStop(parent, at)), height });
    const passed = parents.flatMap((parent) =>
      slots
        .slice(placeOf(parent) + 1, at)
        .map((_, step) => [parent, placeOf(parent) + 1 + step] as const),
    );
    for (const [parent, past] of passed) {
      const lane = laneOf(parent, past);
      slots[past]?.set(lane, { key: lane, from: [lastStop(parent, past)], height: LANE_HEIGHT });
    }
  }
  return slots.map((slot) => [...slot.values()]);
}

type Box = { readonly left: number; readonly top: number; readonly height: number };

const isLane = (slot: Slot): boolean => slot.height === LANE_HEIGHT;

/** Puts each slot below the other: near what it comes of, a passing line above the documents. */
function boxesOf(slots: readonly (readonly Slot[])[]): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const heightOf = ({ from }: Slot): number =>
    from.reduce((sum, key) => sum + (boxes.get(key)?.top ?? 0), 0) / Math.max(1, from.length);
  slots.forEach((column, at) => {
    const ordered = column.toSorted(
      (a, b) => Number(isLane(b)) - Number(isLane(a)) || heightOf(a) - heightOf(b),
    );
    let top = 0;
    for (const { key, height } of ordered) {
      boxes.set(key, { left: at * (NODE_WIDTH + COLUMN_GAP), top, height });
      top += height + ROW_GAP;
    }
  });
  return boxes;
}

/** Where lines meet a slot: a document at its head, a lane in its middle. */
const middleOf = ({ top, height }: Box): number =>
  top + (height === LANE_HEIGHT ? LANE_HEIGHT : HEAD_HEIGHT) / 2;

function linesOf(slots: readonly (readonly Slot[])[], boxes: ReadonlyMap<string, Box>) {
  return slots.flat().flatMap(({ key, from, height }) => {
    const end = boxes.get(key);
    const lines = from.flatMap((source) => {
      const start = boxes.get(source);
      if (start === undefined || end === undefined) return [];
      const [x1, y1, x2, y2] = [start.left + NODE_WIDTH, middleOf(start), end.left, middleOf(end)];
      const half = (x1 + x2) / 2;
      return [
        {
          key: `${source} to ${key}`,
          path: `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`,
        },
      ];
    });
    const passes = height === LANE_HEIGHT && end !== undefined;
    return passes
      ? [...lines, { key, path: `M${end.left} ${middleOf(end)}h${NODE_WIDTH}` }]
      : lines;
  });
}

/** Which documents are drawn: all, as long as columns stay short; else those related come first. */
function keptOf(graph: Graph, column: ReadonlyMap<string, number>, shown: FlowRef) {
  const near = relativesOf(graph, shown);
  const isShown = (key: string): boolean => key === keyOf(shown);
  const ranked = [...graph.refs.keys()].toSorted(
    (a, b) =>
      Number(isShown(b)) - Number(isShown(a)) ||
      Number(near.has(b)) - Number(near.has(a)) ||
      (graph.refs.get(a)?.number ?? '').localeCompare(graph.refs.get(b)?.number ?? ''),
  );
  const counts = new Map<number, number>();
  return new Set(
    ranked.filter((key) => {
      const at = column.get(key) ?? 0;
      counts.set(at, (counts.get(at) ?? 0) + 1);
      return (counts.get(at) ?? 0) <= COLUMN_MOST;
    }),
  );
}

/** Lays out what a document came of and what came of it, from left to right. */
export function flowPicture(links: readonly Link[], shown: FlowRef): FlowPicture {
  const graph = graphOf(links, shown);
  const column = columnsOf(graph);
  const kept = keptOf(graph, column, shown);
  const slots = slotsOf(graph, column, kept);
  const boxes = boxesOf(slots);
  const nodes = [...kept].flatMap((key): FlowNode[] => {
    const [ref, box] = [graph.refs.get(key), boxes.get(key)];
    if (ref === undefined || box === undefined) return [];
    const cameOf = (graph.before.get(key) ?? []).map((one) => graph.refs.get(one)?.number ?? '');
    return [{ ...ref, ...box, key, cameOf, entries: graph.entries.get(key) ?? [] }];
  });
  const all = [...boxes.values()];
  return {
    nodes: nodes.toSorted((a, b) => a.left - b.left || a.top - b.top),
    lines: linesOf(slots, boxes),
    width: Math.max(0, ...all.map(({ left }) => left + NODE_WIDTH)),
    height: Math.max(0, ...all.map(({ top, height }) => top + height)),
    leftOut: graph.refs.size - kept.size,
  };
}
