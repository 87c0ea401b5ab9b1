import {
  compareDecimals,
  decimal,
  divideDecimals,
  parseDecimal,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { ResultColumn } from '#semantic';

import { type Cell, formatCell, type Style } from './format.ts';

/** Where a number or name of the narrative comes from: cells by row and column. */
export type Source =
  | { readonly of: 'cell'; readonly row: number; readonly column: number }
  | { readonly of: 'rows' }
  | { readonly of: 'sum'; readonly column: number }
  | { readonly of: 'part'; readonly row: number; readonly column: number };

/** A number or name in a fact, as printed. */
export type FactValue = { readonly shown: string; readonly source: Source };

/** One sentence of the narrative; '{0}' stands for its first value. */
export type Fact = { readonly sentence: string; readonly values: readonly FactValue[] };

/** The table that facts speak of. */
export type FactTable = {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
};

/** How facts are told: whether amounts add up, what the rows are ordered by, in whose words. */
export type Telling = Style & {
  readonly additive: boolean;
  readonly ordered: string | undefined;
};

/** States what the rows say: a number and its change, the ends of a ranking, the ends of a trend. */
export function factsOf(table: FactTable, telling: Telling): readonly Fact[] {
  return new Facts(table, telling).list();
}

/** The sentences of the facts with their values in place. */
export function narrate(facts: readonly Fact[]): string {
  return facts
    .map(({ sentence, values }) =>
      sentence.replace(/\{(\d+)\}/g, (_all, at: string) => values[Number(at)]?.shown ?? ''),
    )
    .join(' ');
}

/** Derives every value again from the cells. Empty: no number of the narrative lacks a cell. */
export function checkNarrative(
  narrative: string,
  facts: readonly Fact[],
  table: FactTable,
  style: Style,
): readonly string[] {
  const wrong = facts.flatMap(({ values }) =>
    values
      .filter((value) => shownOf(value.source, table, style) !== value.shown)
      .map((value) => value.shown),
  );
  if (narrative !== narrate(facts)) wrong.push('the narrative is not its facts');
  const titles = table.columns.flatMap(({ title }) => [title.en, title.de]);
  for (const { sentence } of facts) {
    const bare = titles.reduce((text, title) => text.replaceAll(title, ''), sentence);
    if (/\d/.test(bare.replace(/\{\d+\}/g, ''))) wrong.push(sentence);
  }
  return wrong;
}

function shownOf(source: Source, table: FactTable, style: Style): string {
  if (source.of === 'rows') return formatCell(table.rows.length, { type: 'count' }, style);
  const column = table.columns[source.column];
  if (column === undefined) return '';
  if (source.of === 'cell')
    return formatCell(table.rows[source.row]?.[source.column] ?? null, column, style);
  const sum = sumDecimals(table.rows.flatMap((row) => exact(row[source.column] ?? null) ?? []));
  if (source.of === 'sum') return formatCell(trimDecimal(sum), column, style);
  const part = exact(table.rows[source.row]?.[source.column] ?? null) ?? decimal('0');
  return formatCell(divideDecimals(part, sum, 8) ?? null, { type: 'ratio' }, style);
}

const exact = (cell: Cell) => (cell === null ? undefined : parseDecimal(String(cell)));

const cellAt = (row: number, column: number): Source => ({ of: 'cell', row, column });

class Facts {
  private readonly table: FactTable;
  private readonly telling: Telling;

  constructor(table: FactTable, telling: Telling) {
    this.table = table;
    this.telling = telling;
  }

  list(): readonly Fact[] {
    const metrics = this.placesOf('metric');
    const cuts = this.placesOf('dimension');
    const [metric] = metrics;
    if (metric === undefined || this.table.rows.length === 0)
      return [this.fact('Nothing was found.', 'Nichts gefunden.', [])];
    if (this.table.rows.length === 1) return metrics.flatMap((at) => this.single(at, cuts));
    const ordered = this.table.columns[metric]?.name === this.telling.ordered;
    if (this.allEqual(metric)) return [this.equal(metric), ...this.moves(metric, cuts)];
    const dated = this.table.columns.some(({ name }) => name === this.telling.ordered) && !ordered;
    return [
      ...(dated && !this.isTrend(cuts) ? this.firstRow(metric, cuts) : [this.ends(metric, cuts)]),
      ...this.moves(metric, cuts),
      ...this.total(metric, cuts),
    ];
  }

  private placesOf(role: ResultColumn['role']): readonly number[] {
    return this.table.columns.flatMap((column, at) => (column.role === role ? [at] : []));
  }

  private isTrend(cuts: readonly number[]): boolean {
    const column = this.table.columns[cuts[0] ?? -1];
    return column?.grain !== undefined && column.name === column.grain;
  }

  private title(at: number): string {
    return this.table.columns[at]?.title[this.telling.locale] ?? '';
  }

  private fact(en: string, de: string, sources: readonly Source[]): Fact {
    const values = sources.map((source) => ({ source, shown: this.shown(source) }));
    return { sentence: this.telling.locale === 'en' ? en : de, values };
  }

  private names(cuts: readonly number[], from: number): string {
    return cuts.map((_cut, at) => `{${from + at}}`).join(', ');
  }

  /** One row: its number, then its share, its average or its change. */
  private single(metric: number, cuts: readonly number[]): readonly Fact[] {
    const names = this.names(cuts, 1);
    const title = this.title(metric);
    const opening = names === '' ? title : `${names}: ${title}`;
    const own = [cellAt(0, metric), ...cuts.map((at) => cellAt(0, at))];
    const first = this.fact(`${opening} {0}.`, `${opening} {0}.`, own);
    const next = metric + 1;
    const pair = [cellAt(0, next), cellAt(0, metric + 2)];
    const role = this.table.columns[next]?.role;
    if (role === 'comparison') return [first, ...this.change(metric)];
    if (role === 'share') {
      const part = 'That is {0} of the whole, {1}.';
      return [first, this.fact(part, 'Das sind {0} des Ganzen, {1}.', pair)];
    }
    if (role !== 'average') return [first];
    const average = `${this.title(next)}: {0} (${this.title(metric + 2)}: {1}).`;
    return [first, this.fact(average, average, pair)];
  }

  private change(metric: number): readonly Fact[] {
    const prior = metric + 1;
    const rate = this.table.columns[metric + 3]?.name.endsWith('_percent') === true;
    const cells = [
      cellAt(0, prior),
      cellAt(0, metric + 2),
      ...(rate ? [cellAt(0, metric + 3)] : []),
    ];
    const percent = rate && this.table.rows[0]?.[metric + 3] !== null ? ' ({2})' : '';
    return [
      this.fact(
        `Before: {0}; change: {1}${percent}.`,
        `Zuvor: {0}; Änderung: {1}${percent}.`,
        cells,
      ),
    ];
  }

  /** Equal as printed: '9.1 days' is not the highest of three quarters that all say '9.1 days'. */
  private allEqual(metric: number): boolean {
    const shown = this.table.rows.map((_row, at) => this.shown(cellAt(at, metric)));
    return shown.every((one) => one === shown[0]);
  }

  private shown(source: Source): string {
    return shownOf(source, this.table, this.telling);
  }

  private equal(metric: number): Fact {
    const title = this.title(metric);
    return this.fact(`${title}: {0} in each of the {1} rows.`, `${title}: je {0} in {1} Zeilen.`, [
      cellAt(0, metric),
      { of: 'rows' },
    ]);
  }

  /** A list by date begins with what was asked for. */
  private firstRow(metric: number, cuts: readonly number[]): readonly Fact[] {
    const title = this.title(metric);
    const sources = [cellAt(0, metric), ...cuts.map((at) => cellAt(0, at))];
    const names = this.names(cuts, 1);
    return [
      this.fact(
        `First row: ${names}: ${title} {0}.`,
        `Erste Zeile: ${names}: ${title} {0}.`,
        sources,
      ),
    ];
  }

  private ends(metric: number, cuts: readonly number[]): Fact {
    const [high, low] = this.extremes(metric);
    if (this.shown(cellAt(high, metric)) === this.shown(cellAt(low, metric))) {
      const title = this.title(metric);
      const [en, de] = ['in every row that has a figure', 'in jeder Zeile mit einem Wert'];
      return this.fact(`${title}: {0} ${en}.`, `${title}: {0} ${de}.`, [cellAt(high, metric)]);
    }
    const [share] = this.placesOf('share');
    const sources = [
      cellAt(high, metric),
      cellAt(low, metric),
      ...cuts.map((at) => cellAt(high, at)),
      ...cuts.map((at) => cellAt(low, at)),
      ...(share === undefined ? [] : [cellAt(high, share), cellAt(low, share)]),
    ];
    const [top, bottom] = [this.names(cuts, 2), this.names(cuts, 2 + cuts.length)];
    const at = 2 + 2 * cuts.length;
    const [most, least] = share === undefined ? ['', ''] : [`, {${at}}`, `, {${at + 1}}`];
    const title = this.title(metric);
    return this.fact(
      `${title}: highest {0} (${top}${most}), lowest {1} (${bottom}${least}).`,
      `${title}: höchster Wert {0} (${top}${most}), niedrigster {1} (${bottom}${least}).`,
      sources,
    );
  }

  /** What rose most and what fell most between two periods. */
  private moves(metric: number, cuts: readonly number[]): readonly Fact[] {
    const at = metric + 2;
    if (this.table.columns[metric + 1]?.role !== 'comparison') return [];
    const [up, down] = this.extremes(at);
    const sources = [
      cellAt(up, at),
      cellAt(down, at),
      ...cuts.map((cut) => cellAt(up, cut)),
      ...cuts.map((cut) => cellAt(down, cut)),
    ];
    const [top, bottom] = [this.names(cuts, 2), this.names(cuts, 2 + cuts.length)];
    return [
      this.fact(
        `Change: from {1} (${bottom}) to {0} (${top}).`,
        `Änderung: von {1} (${bottom}) bis {0} (${top}).`,
        sources,
      ),
    ];
  }

  private total(metric: number, cuts: readonly number[]): readonly Fact[] {
    const count = this.fact('{0} rows.', '{0} Zeilen.', [{ of: 'rows' }]);
    const apart = cuts.some((at) => /^(currency|unit)$/.test(this.table.columns[at]?.name ?? ''));
    if (!this.telling.additive || apart) return [count];
    const [whole] = this.placesOf('whole');
    const sum: Source = { of: 'sum', column: metric };
    const [share] = this.placesOf('share');
    if (whole !== undefined && share !== undefined && !this.isTrend(cuts)) {
      return [
        this.fact(
          'The {0} rows shown add up to {1} of the whole, {2}: {3}.',
          'Die {0} gezeigten Zeilen ergeben zusammen {1} des Ganzen, {2}: {3}.',
          [{ of: 'rows' }, sum, cellAt(0, whole), { of: 'sum', column: share }],
        ),
      ];
    }
    const [high] = this.extremes(metric);
    return [
      this.fact(
        'The {0} rows shown add up to {1}; the highest is {2} of that.',
        'Die {0} gezeigten Zeilen ergeben zusammen {1}; die höchste macht {2} davon aus.',
        [{ of: 'rows' }, sum, { of: 'part', row: high, column: metric }],
      ),
    ];
  }

  private extremes(metric: number): readonly [number, number] {
    let [high, low] = [0, 0];
    const at = (row: number) => exact(this.table.rows[row]?.[metric] ?? null);
    for (let row = 0; row < this.table.rows.length; row += 1) {
      const value = at(row);
      if (value === undefined) continue;
      if (compareDecimals(value, at(high) ?? value) > 0 || at(high) === undefined) high = row;
      if (compareDecimals(value, at(low) ?? value) < 0 || at(low) === undefined) low = row;
    }
    return [high, low];
  }
}
