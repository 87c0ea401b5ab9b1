import { lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { useFormat, useTranslation } from '../i18n.ts';
import { cellWithUnit, titleOf } from './cell.ts';
import { chartColumns } from './chart-columns.ts';
import { useDrill } from './use-drill.ts';

const Chart = lazy(async () => {
  const { Chart: drawn } = await import('./chart.tsx');
  return { default: drawn };
});

/** What a chart shows, in a sentence. */
function useChartText(answer: Answer): string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const chart = chartColumns(answer);
  const first = chart?.y[0];
  if (chart === undefined || first === undefined) return undefined;
  const sorted = answer.rows
    .map((row) => row[first.at] ?? null)
    .filter((value) => value !== null)
    .toSorted((a, b) => Number(a) - Number(b));
  const written = (value: string | number | undefined): string =>
    cellWithUnit(first.column, value ?? null, format);
  return t('ask.chartAbout', {
    kind: t(`ask.chartKind.${chart.kind}`),
    measure: chart.y.map(({ column }) => titleOf(column)).join(', '),
    by: titleOf(chart.x.column),
    count: answer.rows.length,
    least: written(sorted[0]),
    most: written(sorted.at(-1)),
  });
}

/** The chart of an answer, where it has one; ECharts is fetched when the first is shown. */
export function AnswerChart({ answer }: { readonly answer: Answer }): ReactNode {
  const about = useChartText(answer);
  const drill = useDrill(answer);
  if (about === undefined) return null;
  return (
    <Suspense fallback={<div className="rialto-chart rialto-bone" />}>
      <Chart answer={answer} about={about} onRow={drill} />
    </Suspense>
  );
}
