import { useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { useFormat } from '../i18n.ts';
import { chartOption, seriesColours } from './chart-option.ts';
import type { ChartColours } from './chart-option.ts';

use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

function coloursAround(element: HTMLElement, dark: boolean): ChartColours {
  const style = getComputedStyle(element);
  const named = (name: string): string => style.getPropertyValue(name).trim();
  return {
    series: seriesColours(dark),
    text: named('--mantine-color-text'),
    quiet: named('--mantine-color-dimmed'),
    line: named('--rialto-line'),
    surface: named('--rialto-surface'),
    font: style.fontFamily,
    narrow: element.clientWidth < 480,
  };
}

/** Draws an answer. A click on a bar or point goes to what stands behind its row. */
export function Chart(props: {
  readonly answer: Answer;
  readonly about: string;
  readonly onRow: (row: number) => void;
}): ReactNode {
  const { answer, about, onRow } = props;
  const place = useRef<HTMLDivElement>(null);
  const follow = useRef(onRow);
  const format = useFormat();
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => {
    follow.current = onRow;
  }, [onRow]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const chart = init(element, undefined, { renderer: 'svg' });
    chart.setOption(chartOption({ answer, format, about, colours: coloursAround(element, dark) }));
    chart.on('click', ({ dataIndex }) => follow.current(dataIndex));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [answer, about, format, dark]);
  return <div ref={place} className="rialto-chart" role="img" aria-label={about} />;
}
