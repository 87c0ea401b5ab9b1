type Cell = string | number | boolean | null | undefined;

const FIGURE = /^(–|-?[\d.,]+( ?(%|days|Tage))?)?$/;

/** Prints JSON for programs: the value alone, on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, undefined, 2));
}

const CELL_MAX = 80;
const FACT_MAX = 2_000;

/**
 * Prints rows under their headings; columns that hold numbers alone are set right. The last column
 * says what a person has to read and is never cut.
 */
export function printTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  if (rows.length === 0) return console.log('(none)');
  const last = headings.length - 1;
  const cells = rows.map((row) =>
    headings.map((_, at) => textOf(row[at], at === last ? Infinity : CELL_MAX)),
  );
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((row) => Math.min(row[at]?.length ?? 0, CELL_MAX))),
  );
  const right = headings.map((_, at) => cells.every((row) => FIGURE.test(row[at] ?? '')));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        right[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(line(headings));
  console.log(line(widths.map((width) => '─'.repeat(width))));
  for (const row of cells) console.log(line(row));
}

/** Prints what is known of one thing, a line each: its name, its value. What is empty is left out. */
export function printFacts(facts: readonly (readonly Cell[])[]): void {
  const shown = facts
    .map(([name, value]) => [textOf(name, CELL_MAX), textOf(value, FACT_MAX)] as const)
    .filter(([, text]) => text !== '');
  const width = Math.max(...shown.map(([name]) => name.length));
  for (const [name, text] of shown) console.log(`${name.padEnd(width)}  ${text}`);
}

/** As one line; what is cut ends in '…'. */
function textOf(cell: Cell, most: number): string {
  if (cell === undefined || cell === null) return '';
  const text = String(cell).replaceAll(/\s+/g, ' ');
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
