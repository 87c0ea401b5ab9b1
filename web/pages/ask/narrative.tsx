import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#api-contract';
import { partsOf } from '../../shared/answer/narrative.ts';
import type { CellPlace } from '../../shared/answer/narrative.ts';
import { useLanguage } from '../../shared/i18n.ts';

/** The answer in sentences; each number shows the cell it comes from when pointed at. */
export function Narrative(props: {
  readonly answer: Answer;
  readonly marked: CellPlace | undefined;
  readonly onMark: (cell: CellPlace | undefined) => void;
}): ReactNode {
  const { answer, marked, onMark } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const parts = useMemo(() => partsOf(answer, language === 'de' ? ',' : '.'), [answer, language]);
  return (
    <p className="rialto-narrative">
      {parts.map(({ text, cell }, at) =>
        cell === undefined ? (
          <span key={at}>{text}</span>
        ) : (
          <button
            key={at}
            type="button"
            className="rialto-number"
            title={t('ask.showCell', { number: text })}
            aria-pressed={marked?.row === cell.row && marked.column === cell.column}
            onPointerEnter={() => onMark(cell)}
            onFocus={() => onMark(cell)}
            onClick={() => onMark(cell)}
          >
            {text}
          </button>
        ),
      )}
    </p>
  );
}
