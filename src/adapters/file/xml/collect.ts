import { because } from '#kernel';
import { say } from '../sentences.ts';
import type { Item } from '../in-pages.ts';
import type { XmlLayout } from '../entity-layout.ts';
import { Unreadable } from '../unreadable.ts';
import type { Attribute, Name, Position, XmlEvents } from './parse.ts';
import { below, pathsOf, sameName, valuesOf } from './paths.ts';
import type { Branch, Paths } from './paths.ts';

/** What has been found in a file so far. */
export type Collected = {
  items: Item[]; // Taken away by whoever reads.
  records: number;
  parentSeen: boolean; // An element that may hold records.
  rootName: string;
  readonly used: boolean[]; // By column: whether any record had it.
};

/** An element that is open. */
type Open = { readonly branches: readonly Branch[]; text: string; hasChildren: boolean };

type State = {
  readonly layout: XmlLayout;
  readonly paths: Paths;
  readonly found: Collected;
  readonly position: Position;
  readonly open: Open[];
  readonly values: (string | null)[]; // By column.
  readonly recordsIn: number[]; // By level: how many since that element opened.
  matched: number; // How many of the open elements lead to a record.
  began: Position;
  fault: { readonly column: number } | undefined;
};

const CELL_SHOWN = 100;
const RAW_MAX = 2000;

/** Gathers the records of a file as it is told. */
export function collector(layout: XmlLayout, found: Collected): (position: Position) => XmlEvents {
  const paths = pathsOf(layout);
  return (position) => {
    const state: State = {
      layout,
      paths,
      found,
      position,
      open: [],
      values: layout.columns.map(() => null),
      recordsIn: paths.records.map(() => 0),
      matched: 0,
      began: { line: 1, column: 0 },
      fault: undefined,
    };
    return {
      open: (name, attributes) => openElement(state, name, attributes),
      text(text) {
        const top = state.open.at(-1);
        if (top !== undefined && top.branches.length > 0) top.text += text;
      },
      close: () => closeElement(state),
    };
  };
}

export const nothingCollected = (layout: XmlLayout): Collected => ({
  items: [],
  records: 0,
  parentSeen: layout.records.split('/').length === 1,
  rootName: '',
  used: layout.columns.map(() => false),
});

function openElement(state: State, name: Name, attributes: readonly Attribute[]): void {
  const { open, paths, found } = state;
  const depth = open.length;
  if (depth === 0) found.rootName = name.local;
  const parent = open.at(-1);
  if (parent !== undefined) parent.hasChildren = true;
  const branches: Branch[] = [];
  for (const each of parent?.branches ?? []) {
    const there = below(each.branches, name);
    if (there !== undefined) branches.push(there);
  }
  const step = paths.records[depth];
  if (state.matched === depth && step !== undefined && sameName(step, name)) {
    state.matched = depth + 1;
    const level = paths.records.length - 1 - depth;
    begin(state, level);
    const root = paths.roots[level];
    if (root !== undefined) branches.push(root);
    if (level === 1) found.parentSeen = true;
  }
  open.push({ branches, text: '', hasChildren: false });
  for (const each of branches) {
    for (const { column, value } of valuesOf(each, attributes)) put(state, column, value);
  }
}

/** What an element held before is forgotten when another of its kind begins. */
function begin(state: State, level: number): void {
  const { paths, values, recordsIn, position } = state;
  for (const [column, own] of paths.levelOf.entries()) if (own === level) values[column] = null;
  recordsIn[level] = 0;
  if (level !== 0) return;
  state.began = { line: position.line, column: position.column };
  state.fault = undefined;
}

function closeElement(state: State): void {
  const { open, paths } = state;
  const top = open.pop();
  const depth = open.length;
  if (top === undefined) return;
  const isBlank = top.hasChildren && top.text.trim() === '';
  for (const { text } of top.branches) {
    if (text !== undefined && !isBlank) put(state, text, top.text);
  }
  if (state.matched !== depth + 1) return;
  state.matched = depth;
  if (depth + 1 === paths.records.length) finish(state);
}

function put(state: State, column: number, value: string): void {
  const { values, paths, layout, recordsIn, found } = state;
  const level = paths.levelOf[column] ?? 0;
  const name = layout.columns[column] ?? '';
  if (level > 0 && (recordsIn[level] ?? 0) > 0) {
    throw new Unreadable(say('stands-late', { name, line: state.position.line }), name);
  }
  if (values[column] !== null) {
    state.fault ??= { column };
    return;
  }
  found.used[column] = true;
  values[column] = value === '' ? null : value;
}

function finish(state: State): void {
  const { layout, values, found, fault, began, recordsIn } = state;
  found.records += 1;
  for (let level = 0; level < recordsIn.length; level += 1) {
    recordsIn[level] = (recordsIn[level] ?? 0) + 1;
  }
  const at = found.records;
  if (fault === undefined) {
    const row: Record<string, string | null> = {};
    for (const [column, name] of layout.columns.entries()) row[name] = values[column] ?? null;
    found.items.push({ at, values: row });
    return;
  }
  const cells = values.map((value, column) => (column === fault.column ? null : value));
  const problem = {
    column: layout.columns[fault.column] ?? '',
    value: (values[fault.column] ?? '').slice(0, CELL_SHOWN),
    ...because(say('there-twice', { name: layout.columns[fault.column] ?? '', line: began.line })),
    raw: cells
      .map((cell) => cell ?? '')
      .join('\t')
      .slice(0, RAW_MAX),
    cells,
  };
  found.items.push({ at, problem });
}
