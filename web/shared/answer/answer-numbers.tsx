import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { useFormat, useTranslation } from '../i18n.ts';
import { TextLink } from '../text-link.tsx';
import { cellWithUnit, isFigure, titleOf } from './cell.ts';
import { isOrigin } from './narrative.ts';
import type { Origin } from './narrative.ts';
import { ordersBehind } from './orders-behind.ts';

/** An answer that is one row of figures: the first large, the others beside it. */
export function AnswerNumbers(props: {
  readonly answer: Answer;
  readonly marked: Origin | undefined;
}): ReactNode {
  const { answer, marked } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const behind = ordersBehind(answer, 0);
  const figures = answer.columns.flatMap((column, at) =>
    isFigure(column) ? [{ column, at }] : [],
  );
  return (
    <>
      <dl className="rialto-numbers">
        {figures.map(({ column, at }) => {
          const text = cellWithUnit(column, answer.rows[0]?.[at] ?? null, format);
          return (
            <div key={column.name}>
              <dt>{titleOf(column)}</dt>
              <dd>
                {isOrigin(marked, 0, at) ? <mark className="rialto-marked">{text}</mark> : text}
              </dd>
            </div>
          );
        })}
      </dl>
      {behind === undefined ? null : (
        <p className="rialto-note">
          <TextLink to="/purchase-orders" search={behind}>
            {t('ask.ordersBehind')}
          </TextLink>
        </p>
      )}
    </>
  );
}
