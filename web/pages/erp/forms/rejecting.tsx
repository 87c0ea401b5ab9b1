import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Column } from '../../../shared/data-table.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { isAbove } from '../left.ts';
import { filled } from './filled.ts';
import { serialsIn } from './serials-field.tsx';
import { TrackedBox, useTracked } from './tracking.tsx';

/** What of a line is rejected: how much, which pieces, and why. */
export type Rejected = {
  readonly rejected?: string;
  readonly rejectedSerials?: string[];
  readonly reason?: string;
};
type Line = { readonly line: number; readonly item: string | null };
type Typed = { readonly rejected: string; readonly serials: string; readonly reason: string };

const NOTHING: Typed = { rejected: '', serials: '', reason: '' };

/** What of a line is sent. */
export function rejectedOf({ rejected, serials, reason }: Typed): Rejected {
  if (!isAbove(rejected)) return {};
  const each = serialsIn(serials);
  return {
    ...filled({ rejected, reason }),
    ...(each.length === 0 ? {} : { rejectedSerials: each }),
  };
}

/** Columns in which it is written what is rejected of what came, once somebody says that something is. */
export function useRejecting<Of extends Line>(
  lines: readonly Of[],
  atOf: (line: number) => number, // Where a line is sent.
): {
  readonly choice: ReactNode;
  readonly columns: readonly Column<Of>[];
  readonly of: (line: number) => Rejected;
} {
  const { t } = useTranslation();
  const asks = useTracked(lines);
  const [isOn, setOn] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<number, Typed>>>({});
  const box = (
    { line }: Of,
    name: keyof Typed,
    said: { readonly label: string; readonly named: string },
  ): ReactNode => (
    <TrackedBox
      label={said.label}
      value={typed[line]?.[name] ?? ''}
      onValue={(value) =>
        setTyped({ ...typed, [line]: { ...NOTHING, ...typed[line], [name]: value } })
      }
      named={`lines.${atOf(line)}.${said.named}`}
    />
  );
  const column = (
    name: keyof Typed,
    title: string,
    said: (line: number) => { readonly label: string; readonly named: string },
  ): Column<Of> => ({
    name: `rejecting ${name}`,
    title,
    cell: (row) => box(row, name, said(row.line)),
  });
  const serials = column('serials', t('erp.form.rejectedSerials'), (line) => ({
    label: t('erp.form.rejectedSerialsOfLine', { line }),
    named: 'rejectedSerials',
  }));
  const columns = [
    column('rejected', t('erp.field.rejected'), (line) => ({
      label: t('erp.form.rejectedOfLine', { line }),
      named: 'rejected',
    })),
    ...(lines.some(asks.serials)
      ? [{ ...serials, cell: (row: Of) => (asks.serials(row) ? serials.cell(row) : null) }]
      : []),
    column('reason', t('act.reason'), (line) => ({
      label: t('erp.form.whyRejectedOfLine', { line }),
      named: 'reason',
    })),
  ];
  return {
    choice:
      lines.length === 0 ? null : (
        <Checkbox
          size="xs"
          label={t('erp.form.rejects')}
          checked={isOn}
          onChange={({ currentTarget: { checked } }) => setOn(checked)}
        />
      ),
    columns: isOn ? columns : [],
    of: (line) => (isOn ? rejectedOf(typed[line] ?? NOTHING) : {}),
  };
}
