import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { DataTable } from '../data-table.tsx';
import type { Column } from '../data-table.tsx';
import { useFormat, useTranslation } from '../i18n.ts';
import { isLinkedKind, RecordLink } from '../record-link.tsx';
import { TextLink } from '../text-link.tsx';
import { cellText, digitsOf, isFigure, titleOf } from './cell.ts';
import type { AnswerColumn, CellValue } from './cell.ts';
import { isOrigin } from './narrative.ts';
import type { Origin } from './narrative.ts';
import { ordersBehind } from './orders-behind.ts';

type Row = { readonly at: number; readonly cells: readonly CellValue[] };

const FIRST_ROWS = 15; // What is below the table stays within reach of longer answers.
const WORTH_FOLDING = 20;

const headOf = (column: AnswerColumn): string =>
  column.unit === undefined ? titleOf(column) : `${titleOf(column)} (${column.unit})`;

type CellProps = {
  readonly answer: Answer;
  readonly column: AnswerColumn;
  readonly row: number;
  readonly at: number;
  readonly marked: boolean;
  readonly digits: number | undefined;
};

/** A cell that leads to its record, or to the orders its figure is made of. */
function CellLink(props: CellProps & { readonly text: string }): ReactNode {
  const { answer, column, row, at, text } = props;
  const { t } = useTranslation();
  const id = answer.drill?.[row]?.[at];
  if (isLinkedKind(column.recordKind) && typeof id === 'string') {
    return (
      <RecordLink kind={column.recordKind} id={id}>
        {text}
      </RecordLink>
    );
  }
  const isOwn = column.role === 'metric' || column.type === 'date';
  const behind = isOwn && answer.rows[row]?.[at] !== null ? ordersBehind(answer, row) : undefined;
  if (behind === undefined) return text;
  return (
    <TextLink
      to="/purchase-orders"
      search={behind}
      className={column.type === 'date' ? 'rialto-link' : 'rialto-figure-link'}
      aria-label={`${text}: ${t('ask.ordersBehind')}`}
      title={t('ask.ordersBehind')}
    >
      {text}
    </TextLink>
  );
}

function Cell(props: CellProps): ReactNode {
  const { answer, column, row, at, marked, digits } = props;
  const format = useFormat();
  const text = cellText(column, answer.rows[row]?.[at] ?? null, format, digits);
  const link = <CellLink {...props} text={text} />;
  return marked ? <mark className="rialto-marked">{link}</mark> : link;
}

function useAnswerColumns(answer: Answer, marked: Origin | undefined): readonly Column<Row>[] {
  const digits = useMemo(
    () =>
      answer.columns.map((column, at) =>
        digitsOf(
          column,
          answer.rows.map((row) => row[at] ?? null),
        ),
      ),
    [answer],
  );
  return answer.columns.map((column, at) => ({
    name: column.name,
    title: headOf(column),
    end: isFigure(column),
    wide: column.type === 'text' && at === 0,
    cell: (row) => (
      <Cell
        answer={answer}
        column={column}
        row={row.at}
        at={at}
        marked={isOrigin(marked, row.at, at)}
        digits={digits[at]}
      />
    ),
  }));
}

/** The rows behind an answer, each leading to its record or to the orders it is made of. */
export function AnswerTable(props: {
  readonly answer: Answer;
  readonly label: string;
  readonly marked?: Origin | undefined;
}): ReactNode {
  const { answer, label, marked } = props;
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  const columns = useAnswerColumns(answer, marked);
  const rows = answer.rows.map((cells, at) => ({ at, cells }));
  const isFolded = (row: number): boolean => row >= FIRST_ROWS;
  const needsAll = marked !== undefined && 'row' in marked && isFolded(marked.row);
  const all = unfolded || needsAll || rows.length <= WORTH_FOLDING;
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={all ? rows : rows.slice(0, FIRST_ROWS)}
        keyOf={(row) => String(row.at)}
        rowState={(row) =>
          marked !== undefined && 'row' in marked && marked.row === row.at ? 'marked' : undefined
        }
      />
      {all ? null : (
        <button type="button" className="rialto-unfold" onClick={() => setUnfolded(true)}>
          {t('ask.allRows', { count: rows.length })}
        </button>
      )}
    </>
  );
}
