import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { DataTable } from '../data-table.tsx';
import type { Column } from '../data-table.tsx';
import { useFormat } from '../i18n.ts';
import { isLinkedKind, RecordLink } from '../record-link.tsx';
import { cellText, isFigure, stepRange, titleOf } from './cell.ts';
import type { AnswerColumn, CellValue } from './cell.ts';
import type { CellPlace } from './narrative.ts';
import { TextLink } from '../text-link.tsx';

type Row = { readonly at: number; readonly cells: readonly CellValue[] };

const headOf = (column: AnswerColumn): string =>
  column.unit === undefined ? titleOf(column) : `${titleOf(column)} (${column.unit})`;

function Cell(props: {
  readonly answer: Answer;
  readonly column: AnswerColumn;
  readonly place: CellPlace;
  readonly marked: boolean;
}): ReactNode {
  const { answer, column, place, marked } = props;
  const format = useFormat();
  const value = answer.rows[place.row]?.[place.column] ?? null;
  const text = cellText(column, value, format);
  const id = answer.drill?.[place.row]?.[place.column];
  if (isLinkedKind(column.recordKind) && typeof id === 'string') {
    return (
      <RecordLink kind={column.recordKind} id={id}>
        {text}
      </RecordLink>
    );
  }
  if (column.type === 'date' && typeof value === 'string') {
    const { from, to } = stepRange(column.name, value);
    return (
      <TextLink to="/purchase-orders" search={{ from, to }} className="rialto-link">
        {text}
      </TextLink>
    );
  }
  return marked ? <mark className="rialto-marked">{text}</mark> : text;
}

function useAnswerColumns(answer: Answer, marked: CellPlace | undefined): readonly Column<Row>[] {
  return answer.columns.map((column, at) => ({
    name: column.name,
    title: headOf(column),
    end: isFigure(column),
    wide: column.type === 'text' && at === 0,
    cell: (row) => (
      <Cell
        answer={answer}
        column={column}
        place={{ row: row.at, column: at }}
        marked={marked?.row === row.at && marked.column === at}
      />
    ),
  }));
}

/** The rows behind an answer, each leading to its record or period. */
export function AnswerTable(props: {
  readonly answer: Answer;
  readonly label: string;
  readonly marked?: CellPlace | undefined;
}): ReactNode {
  const { answer, label, marked } = props;
  const columns = useAnswerColumns(answer, marked);
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={answer.rows.map((cells, at) => ({ at, cells }))}
      keyOf={(row) => String(row.at)}
      rowState={(row) => (marked?.row === row.at ? 'marked' : undefined)}
    />
  );
}
