import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Answer } from '#api-contract';
import { glued, isSameOrigin, partsOf } from '../../shared/answer/narrative.ts';
import type { Origin } from '../../shared/answer/narrative.ts';
import { useTranslation } from '../../shared/i18n.ts';

const showMarked = (): void =>
  document.querySelector('.rialto-marked')?.scrollIntoView({ block: 'nearest' });

/** The answer in sentences; each value shows the cells it comes from when pointed at. */
export function Narrative(props: {
  readonly answer: Answer;
  readonly marked: Origin | undefined;
  readonly onMark: (from: Origin | undefined) => void;
}): ReactNode {
  const { answer, marked, onMark } = props;
  const { t } = useTranslation();
  const parts = useMemo(() => glued(partsOf(answer)), [answer]);
  return (
    <p className="rialto-narrative">
      {parts.map(({ text, from, before, after }, at) =>
        from === undefined ? (
          <span key={at}>{text}</span>
        ) : (
          <span key={at} className="rialto-glued">
            {before}
            <button
              type="button"
              className="rialto-number"
              title={t(`ask.origin.${from.of}`)}
              aria-pressed={isSameOrigin(marked, from)}
              onPointerEnter={() => onMark(from)}
              onFocus={() => onMark(from)}
              onClick={() => {
                onMark(from);
                requestAnimationFrame(showMarked);
              }}
            >
              {text}
            </button>
            {after}
          </span>
        ),
      )}
    </p>
  );
}
