import type { Command } from '#adapter-kit';
import type { Json } from '#kernel';
import type { OutboundFile, OutboundValue } from './layout.ts';

/** A command that a file cannot say. */
export type Unsayable = { readonly reason: string; readonly field: string };

/** A command as a piece of a file, without what stands around all of them. */
export type Printed = { readonly text: string; readonly rows: number };

type Context = {
  readonly command: Command;
  readonly sequence: number;
  readonly each?: { readonly path: string; readonly item: Json };
};

/** Prints one command, or says why a file cannot hold it. */
export function printCommand(
  file: OutboundFile,
  command: Command,
  sequence: number,
): Printed | Unsayable {
  const context = { command, sequence };
  return file.format === 'csv' ? printRows(file, context) : printElement(file, context);
}

/** Puts the pieces together to what a file holds. */
export function printFile(file: OutboundFile, printed: readonly Printed[]): Buffer {
  const body = printed.map(({ text }) => text).join('');
  if (file.format === 'csv') {
    const header = file.header
      ? csvLine(
          file.columns.map(({ name }) => name),
          file,
        )
      : '';
    return Buffer.from(header + body, file.encoding === 'utf-8' ? 'utf8' : 'latin1');
  }
  const namespace = file.namespace === undefined ? '' : ` xmlns="${escaped(file.namespace)}"`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${file.root}${namespace}>\n${body}</${file.root}>\n`,
  );
}

type Csv = Extract<OutboundFile, { readonly format: 'csv' }>;
type Xml = Extract<OutboundFile, { readonly format: 'xml' }>;

function printRows(file: Csv, context: Context): Printed | Unsayable {
  const items = file.each === undefined ? [undefined] : listAt(context.command, file.each);
  if (items.length === 0) return { reason: 'has nothing in it', field: file.each ?? '' };
  let text = '';
  for (const item of items) {
    const each = item === undefined ? {} : { each: { path: file.each ?? '', item } };
    const cells: string[] = [];
    for (const column of file.columns) {
      const value = valueOf(column, { ...context, ...each });
      if (typeof value === 'object') return value;
      const cell = value ?? '';
      if (file.encoding === 'latin1' && /[^\0-\u00ff]/.test(cell)) {
        return { reason: `'${cell.slice(0, 50)}' cannot be written in latin1`, field: column.name };
      }
      cells.push(cell);
    }
    text += csvLine(cells, file);
  }
  return { text, rows: items.length };
}

const csvLine = (cells: readonly string[], { delimiter }: Csv): string =>
  `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;

const csvCell = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;

function printElement(file: Xml, context: Context): Printed | Unsayable {
  let inner = '';
  const { lines } = file;
  for (const item of lines === undefined ? [] : listAt(context.command, lines.each)) {
    const each = { path: lines?.each ?? '', item };
    const line = lines === undefined ? '' : element(lines, { ...context, each }, '');
    if (typeof line === 'object') return line;
    inner += line;
  }
  const text = element(file, context, inner);
  return typeof text === 'object' ? text : { text: `${text}\n`, rows: 1 };
}

function element(
  { element: name, columns }: Pick<Xml, 'element' | 'columns'>,
  context: Context,
  inner: string,
): string | Unsayable {
  let [attributes, elements] = ['', ''];
  for (const column of columns) {
    const value = valueOf(column, context);
    if (typeof value === 'object') return value;
    if (value === undefined) continue;
    if (hasUnsayable(value)) {
      return { reason: 'holds a character that XML cannot hold', field: column.name };
    }
    const isAttribute = column.name.startsWith('@');
    if (isAttribute) attributes += ` ${column.name.slice(1)}="${escaped(value)}"`;
    else elements += `<${column.name}>${escaped(value)}</${column.name}>`;
  }
  return `<${name}${attributes}>${elements}${inner}</${name}>`;
}

function valueOf(column: OutboundValue, context: Context): string | undefined | Unsayable {
  const { name, path, text, required } = column;
  const value = path === undefined ? text : textAt(path, context);
  if (value === NOT_TEXT) return { reason: `'${path ?? ''}' is no single value`, field: name };
  if (required === true && (value ?? '') === '') return { reason: 'is missing', field: name };
  return typeof value === 'symbol' ? undefined : value;
}

const NOT_TEXT = Symbol('not text');

function textAt(path: string, context: Context): string | undefined | typeof NOT_TEXT {
  const { command, sequence, each } = context;
  switch (path) {
    case '@reference':
      return command.reference;
    case '@operation':
      return command.operation;
    case '@sequence':
      return String(sequence);
    case '@target':
      return command.target?.key;
    case '@targetVersion':
      return command.target?.version;
  }
  const inEach = each !== undefined && path.startsWith(`${each.path}.`);
  let here: Json | undefined = inEach ? each.item : command.payload;
  const steps = (inEach ? path.slice(each.path.length + 1) : path).split('.');
  for (const step of steps) here = at(here, step);
  if (here === undefined || here === null) return undefined;
  return typeof here === 'object' ? NOT_TEXT : String(here);
}

function at(here: Json | undefined, step: string): Json | undefined {
  if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
  return Object.entries(here).find(([name]) => name === step)?.[1];
}

function listAt({ payload }: Command, path: string): readonly Json[] {
  const list = at(payload, path);
  return Array.isArray(list) ? list : [];
}

const hasUnsayable = (text: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- these are what XML 1.0 leaves out.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed();

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] ?? character);
