import { assert, RialtoError } from '#kernel';
import { parseDecimal, trimDecimal } from '#kernel/decimal';
import { compileQuery, isWatched, TIES_MAX } from './compile-query.ts';
import type { CompiledQuery } from './compile-query.ts';
import { cutsOf } from './metric-cte.ts';
import type { SemanticErrorCode } from './errors.ts';
import { apartBy } from './metric.ts';
import type { Localised, Metric } from './metric.ts';
import type { MetricQuery } from './query.ts';
import type { MetricResult, ResultColumn } from './result.ts';
import { spanOf } from './span.ts';

type Cell = string | number | boolean | null;

/** What answers SQL: the warehouse. */
export type Readable = {
  query(
    sql: string,
    parameters: Readonly<Record<string, string | number>>,
  ): Promise<{ readonly rows: readonly (readonly Cell[])[] }>;
  position(): Promise<bigint>;
};

/** A metric's cells are all in one unit, or in unlike ones that must not be added. */
type Sameness = {
  readonly metric: Metric;
  readonly unit: string | undefined;
  readonly alike: boolean;
};

/**
 * Runs a query. Amounts in unlike currencies are never added: the answer is cut by currency
 * instead, and says so. Quantities in unlike units are added as the orders state them, and said so.
 */
export async function runQuery(warehouse: Readable, query: MetricQuery): Promise<MetricResult> {
  const first = await runOnce(warehouse, query);
  const unlike = first.sameness.find(
    ({ metric, alike }) => !alike && apartBy(metric) === 'currency',
  );
  if (unlike === undefined) return resultOf(first, []);
  if (first.compiled.metrics.some(({ by }) => !by.includes('currency'))) {
    const what = unlike.metric.title.en.toLowerCase();
    throw new RialtoError<SemanticErrorCode>(
      'invalid',
      'semantic.unlike-units',
      `adding ${what} of unlike currencies`,
      { remedy: 'Filter by one currency.' },
    );
  }
  const by = [...query.by, { dimension: 'currency' }];
  return resultOf(await runOnce(warehouse, { ...query, by }), [
    {
      en: 'Several currencies occur; they are shown apart, not added.',
      de: 'Mehrere Währungen kommen vor; sie werden getrennt gezeigt, nicht addiert.',
    },
  ]);
}

type Run = {
  readonly query: MetricQuery;
  readonly compiled: CompiledQuery;
  readonly rows: readonly (readonly Cell[])[];
  readonly position: bigint;
  readonly sameness: readonly Sameness[];
};

async function runOnce(warehouse: Readable, query: MetricQuery): Promise<Run> {
  const compiled = compileQuery(query);
  const { rows, position } = await readAt(warehouse, compiled);
  return { query, compiled, rows, position, sameness: samenessOf(compiled, query, rows) };
}

/** Reads rows and the log position they belong to: a load between the two is read again. */
async function readAt(
  warehouse: Readable,
  { sql, parameters }: CompiledQuery,
): Promise<{ rows: readonly (readonly Cell[])[]; position: bigint }> {
  for (;;) {
    const before = await warehouse.position();
    const { rows } = await warehouse.query(sql, parameters);
    if ((await warehouse.position()) === before) return { rows, position: before };
  }
}

function samenessOf(
  compiled: CompiledQuery,
  query: MetricQuery,
  rows: readonly (readonly Cell[])[],
): readonly Sameness[] {
  const first = firstUnitAt(compiled, query);
  return compiled.metrics.filter(isWatched).map((metric, at) => {
    const [low, high] = [rows[0]?.[first + 2 * at], rows[0]?.[first + 2 * at + 1]];
    const cut = apartBy(metric);
    const apart = query.by.some((each) => each.dimension === cut);
    return {
      metric,
      unit: typeof low === 'string' && low === high ? low : undefined,
      alike: apart || low === high,
    };
  });
}

const recordCuts = (query: MetricQuery): readonly number[] =>
  cutsOf(query).flatMap((cut, at) => (cut.dimension.recordKind === undefined ? [] : [at]));

const firstUnitAt = ({ columns }: CompiledQuery, query: MetricQuery): number =>
  columns.length + recordCuts(query).length;

function resultOf(found: Run, assumptions: readonly Localised[]): MetricResult {
  const { query, compiled, sameness } = found;
  const { rows, note } = tied(query, found.rows);
  const columns = compiled.columns.map((column) => withUnit(column, compiled, sameness));
  const cuts = recordCuts(query);
  const recordIds = rows.map((row) =>
    columns.map((_column, at) => {
      const place = cuts.indexOf(at);
      const id = place === -1 ? null : row[columns.length + place];
      return typeof id === 'string' ? id : null;
    }),
  );
  return {
    columns,
    rows: rows.map((row) => columns.map((column, at) => cellOf(column, row[at] ?? null))),
    ...(cuts.length === 0 ? {} : { recordIds }),
    sql: compiled.sql,
    parameters: compiled.parameters,
    position: String(found.position),
    assumptions: [
      ...assumptions,
      ...note,
      ...new Set(compiled.metrics.flatMap((metric) => metric.assumptions ?? [])),
      ...mixedUnits(sameness),
      ...balanceDay(compiled, query),
      ...coverageOf(compiled, query, rows),
    ],
  };
}

/** Rows beyond a limit that share its last place: the one asked for is all of them; else they are counted. */
function tied(
  query: MetricQuery,
  rows: readonly (readonly Cell[])[],
): { rows: readonly (readonly Cell[])[]; note: readonly Localised[] } {
  const { limit } = query;
  const trend = query.by.some(({ grain }) => grain !== undefined);
  if (limit === undefined || trend || rows.length <= limit) return { rows, note: [] };
  const more = rows.length - limit;
  if (limit === 1 && more < TIES_MAX) {
    const note = {
      en: `${rows.length} share the first place; all are shown.`,
      de: `${rows.length} teilen sich den ersten Platz; alle sind gezeigt.`,
    };
    return { rows, note: [note] };
  }
  const note = {
    en: `${more < TIES_MAX ? more : `At least ${more}`} more share place ${limit}; those shown are the first by name.`,
    de: `${more < TIES_MAX ? more : `Mindestens ${more}`} weitere teilen sich Platz ${limit}; gezeigt sind die ersten nach Namen.`,
  };
  return { rows: rows.slice(0, limit), note: [note] };
}

function withUnit(
  column: ResultColumn,
  { metrics }: CompiledQuery,
  sameness: readonly Sameness[],
): ResultColumn {
  if (column.type !== 'money' && column.type !== 'quantity') return column;
  const metric = metrics.find(
    ({ name }) => column.name === name || column.name.startsWith(`${name}_`),
  );
  const unit = sameness.find((each) => each.metric === metric)?.unit;
  return unit === undefined ? column : { ...column, unit };
}

function cellOf(column: ResultColumn, value: Cell): string | number | null {
  if (value === null || column.role === 'dimension') return value === null ? null : String(value);
  if (column.type === 'count') return Number(value);
  const exact = parseDecimal(String(value));
  assert(exact !== undefined, `${column.name} is exact: ${String(value)}`);
  return trimDecimal(exact);
}

function mixedUnits(sameness: readonly Sameness[]): readonly Localised[] {
  const mixed = sameness.some(({ metric, alike }) => !alike && apartBy(metric) === 'unit');
  return mixed
    ? [
        {
          en: 'Several units of measure occur; quantities are added as ordered. Split by unit to see them apart.',
          de: 'Mehrere Mengeneinheiten kommen vor; Mengen werden wie bestellt addiert. Nach Einheit aufgeteilt stehen sie getrennt.',
        },
      ]
    : [];
}

/** A balance has a day, not a period: the last one asked. */
function balanceDay({ metrics }: CompiledQuery, query: MetricQuery): readonly Localised[] {
  if (query.period === undefined) return [];
  const { end } = spanOf(query);
  return metrics
    .filter(({ overTime, dateRole }) => overTime === 'last' && dateRole !== undefined)
    .map(({ title }) => ({
      en: `${title.en} is a balance: taken on ${end}, whenever the orders were issued.`,
      de: `${title.de} ist ein Bestand: Stand ${end}, gleich wann bestellt wurde.`,
    }));
}

/** Says how many rows had what the metric needs, when not all had. */
function coverageOf(
  compiled: CompiledQuery,
  query: MetricQuery,
  rows: readonly (readonly Cell[])[],
): readonly Localised[] {
  const first = firstUnitAt(compiled, query) + 2 * compiled.metrics.filter(isWatched).length;
  return compiled.metrics
    .filter((metric) => metric.coverage !== undefined)
    .flatMap(({ title, coverage }, at) => {
      const scoped = Number(rows[0]?.[first + 2 * at] ?? 0);
      const covered = Number(rows[0]?.[first + 2 * at + 1] ?? 0);
      if (covered === scoped || coverage === undefined) return [];
      return [
        {
          en: `${title.en} covers ${covered} of ${scoped} order lines; the rest have ${coverage.lack.en}.`,
          de: `${title.de} deckt ${covered} von ${scoped} Bestellpositionen ab; die übrigen haben ${coverage.lack.de}.`,
        },
      ];
    });
}
