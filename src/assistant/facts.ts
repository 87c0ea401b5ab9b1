import {
  compareDecimals,
  decimal,
  divideDecimals,
  parseDecimal,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { ResultColumn } from '#semantic';

import { type Cell, formatCell } from './format.ts';
import type { Locale } from './numbers.ts';

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

/** States what the rows say: a number and its change, the ends of a ranking, the ends of a trend. */
export function factsOf(table: FactTable, additive: boolean, locale: Locale): readonly Fact[] {
  return new Facts(table, additive, locale).list();
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
  locale: Locale,
): readonly string[] {
  const wrong = facts.flatMap(({ values }) =>
    values
      .filter((value) => shownOf(value.source, table, locale) !== value.shown)
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

function shownOf(source: Source, table: FactTable, locale: Locale): string {
  if (source.of === 'rows') return formatCell(table.rows.length, { type: 'count' }, locale);
  const column = table.columns[source.column];
  if (column === undefined) return '';
  if (source.of === 'cell')
    return formatCell(table.rows[source.row]?.[source.column] ?? null, column, locale);
  const sum = sumDecimals(table.rows.flatMap((row) => exact(row[source.column] ?? null) ?? []));
  if (source.of === 'sum') return formatCell(trimDecimal(sum), column, locale);
  const part = exact(table.rows[source.row]?.[source.column] ?? null) ?? decimal('0');
  return formatCell(divideDecimals(part, sum, 8) ?? null, { type: 'ratio' }, locale);
}

const exact = (cell: Cell) => (cell === null ? undefined : parseDecimal(String(cell)));

const cellAt = (row: number, column: number): Source => ({ of: 'cell', row, column });

class Facts {
  private readonly table: FactTable;
  private readonly additive: boolean;
  private readonly locale: Locale;

  constructor(table: FactTable, additive: boolean, locale: Locale) {
    this.table = table;
    this.additive = additive;
    this.locale = locale;
  }

  list(): readonly Fact[] {
    const { columns, rows } = this.table;
    const metrics = columns.flatMap((column, at) => (column.role === 'metric' ? [at] : []));
    const cuts = columns.flatMap((column, at) => (column.role === 'dimension' ? [at] : []));
    const [metric] = metrics;
    if (metric === undefined || rows.length === 0)
      return [this.fact('Nothing was found.', 'Nichts gefunden.', [])];
    if (rows.length === 1) return metrics.flatMap((at) => this.single(at, cuts));
    return [this.ends(metric, cuts), ...this.total(metric, cuts)];
  }

  private title(at: number): string {
    return this.table.columns[at]?.title[this.locale] ?? '';
  }

  private fact(en: string, de: string, sources: readonly Source[]): Fact {
    const values = sources.map((source) => ({
      source,
      shown: shownOf(source, this.table, this.locale),
    }));
    return { sentence: this.locale === 'en' ? en : de, values };
  }

  private single(metric: number, cuts: readonly number[]): readonly Fact[] {
    const names = cuts.map((_cut, at) => `{${at + 1}}`).join(', ');
    const title = this.title(metric);
    const opening = names === '' ? title : `${names}: ${title}`;
    const first = this.fact(`${opening} {0}.`, `${opening} {0}.`, [
      cellAt(0, metric),
      ...cuts.map((at) => cellAt(0, at)),
    ]);
    const prior = metric + 1;
    if (this.table.columns[prior]?.role !== 'comparison') return [first];
    return [
      first,
      this.fact(`Before: {0}; change: {1}.`, `Zuvor: {0}; Änderung: {1}.`, [
        cellAt(0, prior),
        cellAt(0, metric + 2),
      ]),
    ];
  }

  private ends(metric: number, cuts: readonly number[]): Fact {
    const [high, low] = this.extremes(metric);
    const sources = [
      cellAt(high, metric),
      cellAt(low, metric),
      ...cuts.map((at) => cellAt(high, at)),
      ...cuts.map((at) => cellAt(low, at)),
    ];
    const name = (from: number): string => cuts.map((_cut, at) => `{${from + at}}`).join(', ');
    const [top, bottom] = [name(2), name(2 + cuts.length)];
    const title = this.title(metric);
    return this.fact(
      `${title}: highest {0} (${top}), lowest {1} (${bottom}).`,
      `${title}: höchster Wert {0} (${top}), niedrigster {1} (${bottom}).`,
      sources,
    );
  }

  private total(metric: number, cuts: readonly number[]): readonly Fact[] {
    const count = this.fact('{0} rows.', '{0} Zeilen.', [{ of: 'rows' }]);
    const apart = cuts.some((at) => /^(currency|unit)$/.test(this.table.columns[at]?.name ?? ''));
    if (!this.additive || apart) return [count];
    const [high] = this.extremes(metric);
    return [
      this.fact(
        'The {0} rows shown add up to {1}; the highest is {2} of that.',
        'Die {0} gezeigten Zeilen ergeben zusammen {1}; die höchste macht {2} davon aus.',
        [{ of: 'rows' }, { of: 'sum', column: metric }, { of: 'part', row: high, column: metric }],
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
