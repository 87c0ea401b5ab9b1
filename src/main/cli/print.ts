type Cell = string | number | boolean | null | undefined;

const FIGURE = /^(–|-?[\d.,]+( ?(%|days|Tage))?)?$/;

/** Prints JSON for programs: the value alone, on standard output. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, undefined, 2));
}

/** Prints rows under their headings; columns that hold numbers alone are set right. */
export function printTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  if (rows.length === 0) return console.log('(none)');
  const cells = rows.map((row) => headings.map((_, at) => textOf(row[at])));
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0)),
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
    .map(([name, value]) => [textOf(name), textOf(value)] as const)
    .filter(([, text]) => text !== '');
  const width = Math.max(...shown.map(([name]) => name.length));
  for (const [name, text] of shown) console.log(`${name.padEnd(width)}  ${text}`);
}

function textOf(cell: Cell): string {
  if (cell === undefined || cell === null) return '';
  return String(cell).replaceAll(/\s+/g, ' ').slice(0, 80);
}
