import type { EChartsCoreOption } from 'echarts/core';
import type { Answer } from '#api-contract';
import type { Format } from '../format.ts';
import { cellText, cellWithUnit, titleOf } from './cell.ts';
import type { CellValue } from './cell.ts';
import { chartColumns } from './chart-columns.ts';

/** The colours a chart is drawn in: those of the page around it. */
export type ChartColours = {
  readonly series: readonly string[];
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly surface: string;
  readonly font: string; // Named, not inherited: labels are measured apart from the page.
  readonly narrow: boolean;
};

const SERIES_LIGHT = ['#1f7783', '#c77f1a', '#7a5195', '#5a7d2a', '#b5473c', '#5d6b7a'];
const SERIES_DARK = ['#5fb3bd', '#e0a94f', '#b294cc', '#a3c26b', '#e58f86', '#9aa8b5'];
export const seriesColours = (dark: boolean): readonly string[] =>
  dark ? SERIES_DARK : SERIES_LIGHT;

/** The height of a bar: the one place where an amount becomes a float, for drawing alone. */
const heightOf = (value: CellValue): number | null => (value === null ? null : Number(value));

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

function axes(
  input: { answer: Answer; format: Format; colours: ChartColours },
  flat: boolean,
): Readonly<Record<string, unknown>> {
  const { answer, format, colours } = input;
  const chart = chartColumns(answer);
  if (chart === undefined) return {};
  const first = chart.y[0]?.column;
  const names = {
    type: 'category',
    data: answer.rows.map((row) => cellText(chart.x.column, row[chart.x.at] ?? null, format)),
    inverse: flat,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: {
      color: colours.text,
      fontSize: 12,
      hideOverlap: true,
      ...(flat ? { formatter: (text: string) => shortened(text, colours.narrow ? 16 : 28) } : {}),
    },
  };
  const figures = {
    type: 'value',
    splitNumber: colours.narrow ? 2 : 4,
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: {
      color: colours.quiet,
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) =>
        first?.type === 'ratio' ? format.percent(String(value)) : format.compact(String(value)),
    },
  };
  return flat ? { xAxis: figures, yAxis: names } : { xAxis: names, yAxis: figures };
}

/** An answer as ECharts draws it: names across or, for many words, down. */
export function chartOption(input: {
  readonly answer: Answer;
  readonly format: Format;
  readonly colours: ChartColours;
  readonly about: string;
}): EChartsCoreOption {
  const { answer, format, colours, about } = input;
  const chart = chartColumns(answer);
  if (chart === undefined) return {};
  const flat = chart.kind !== 'line' && chart.x.column.type !== 'date';
  const several = chart.y.length > 1;
  return {
    animation: false,
    aria: { enabled: true, label: { description: about }, decal: { show: several } },
    color: [...colours.series],
    textStyle: { fontFamily: colours.font, color: colours.text },
    grid: { left: 8, right: 24, top: several ? 36 : 12, bottom: 12, containLabel: true },
    legend: { show: several, top: 0, left: 8, textStyle: { color: colours.text } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      axisPointer: { type: chart.kind === 'line' ? 'line' : 'shadow' },
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text, fontSize: 13 },
    },
    ...axes(input, flat),
    series: chart.y.map(({ at, column }) => ({
      name: titleOf(column),
      type: chart.kind === 'line' ? 'line' : 'bar',
      barMaxWidth: 26,
      showSymbol: answer.rows.length <= 40,
      symbolSize: 6,
      lineStyle: { width: 2 },
      itemStyle: { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      cursor: 'pointer',
      data: answer.rows.map((row) => heightOf(row[at] ?? null)),
      tooltip: {
        valueFormatter: (_: unknown, row: number) =>
          cellWithUnit(column, answer.rows[row]?.[at] ?? null, format),
      },
    })),
  };
}
