import type { Answer } from '#api-contract';
import type { AnswerColumn } from './cell.ts';

/** How an answer is drawn. */
export type Drawn = Exclude<NonNullable<Answer['chart']>['kind'], 'number' | 'table'>;

type Series = { readonly at: number; readonly column: AnswerColumn };

/** The columns a chart needs, where the answer has them. */
export function chartColumns(
  answer: Answer,
): { readonly kind: Drawn; readonly x: Series; readonly y: readonly Series[] } | undefined {
  const { chart, columns } = answer;
  if (chart === undefined || chart.kind === 'number' || chart.kind === 'table') return undefined;
  const find = (name: string): Series | undefined => {
    const at = columns.findIndex((column) => column.name === name);
    const column = columns[at];
    return column === undefined ? undefined : { at, column };
  };
  const x = chart.x === undefined ? undefined : find(chart.x);
  const y = chart.y.map(find).filter((one) => one !== undefined);
  return x === undefined || y.length === 0 ? undefined : { kind: chart.kind, x, y };
}
