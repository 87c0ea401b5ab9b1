import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { FormLine } from './form-line.tsx';

/** The lines of something that is being written: each is changed or dropped, and others are added. */
export function FormLines<Line extends { readonly key: number }>(props: {
  readonly of: readonly Line[];
  readonly onLines: (lines: readonly Line[]) => void;
  readonly empty: (key: number) => Line;
  readonly least?: number; // How many have to stay; one unless said otherwise.
  readonly most?: number;
  readonly named?: string; // What the request calls them.
  readonly add?: string;
  readonly lead?: ReactNode; // Above them.
  readonly foot?: ReactNode; // What they come to.
  readonly children: (line: Line, at: number, onLine: (changed: Line) => void) => ReactNode;
}): ReactNode {
  const {
    of: lines,
    onLines,
    empty,
    least = 1,
    most,
    named = 'lines',
    add,
    lead,
    foot,
    children,
  } = props;
  const { t } = useTranslation();
  const next = Math.max(0, ...lines.map(({ key }) => key)) + 1;
  return (
    <div className="erp-form-lines">
      {lead}
      {lines.map((line, at) => (
        <FormLine
          key={line.key}
          at={at}
          named={named}
          {...(lines.length <= least
            ? {}
            : { onDrop: () => onLines(lines.filter(({ key }) => key !== line.key)) })}
        >
          {children(line, at, (changed) =>
            onLines(lines.map((one) => (one.key === line.key ? changed : one))),
          )}
        </FormLine>
      ))}
      <div className="erp-form-foot">
        <Button
          variant="default"
          size="xs"
          disabled={most !== undefined && lines.length >= most}
          onClick={() => onLines([...lines, empty(next)])}
        >
          {add ?? t('erp.form.addLine')}
        </Button>
        {foot}
      </div>
    </div>
  );
}
