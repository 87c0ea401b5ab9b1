import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { saveCsv } from '../../shared/csv.ts';
import { Failure } from '../../shared/failure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { columnHeadings } from './column-headings.ts';
import { rowsCsv } from './rows-csv.ts';

type Page = { readonly items: readonly object[]; readonly next?: string | undefined };

const ROWS_MOST = 20_000; // What a browser is asked to hold; filters name the rest.

async function readRows(
  read: (after: string | undefined) => Promise<Page>,
  before: readonly object[] = [],
  after?: string,
): Promise<readonly object[]> {
  const { items, next } = await read(after);
  const rows = [...before, ...items];
  return next === undefined || rows.length >= ROWS_MOST ? rows : readRows(read, rows, next);
}

/** Hands over all pages of a list, as it is filtered, as a file. */
export function ExportRows(props: {
  readonly name: string;
  readonly read: (after: string | undefined) => Promise<Page>;
}): ReactNode {
  const { name, read } = props;
  const { t, language } = useTranslation();
  const reading = useMutation({
    mutationFn: async () => ({
      rows: await readRows(read),
      headingOf: await columnHeadings(t, language),
    }),
    onSuccess: ({ rows, headingOf }) =>
      saveCsv(name, rowsCsv(rows, { spreadsheet: language, headingOf })),
  });
  return (
    <>
      <Button
        className="rialto-export"
        variant="default"
        size="sm"
        loading={reading.isPending}
        onClick={() => reading.mutate()}
        leftSection={<IconDownload size={15} aria-hidden />}
      >
        {t('list.export')}
      </Button>
      {(reading.data?.rows.length ?? 0) >= ROWS_MOST ? (
        <span className="rialto-dim" role="status">
          {t('erp.exportCut', { count: ROWS_MOST })}
        </span>
      ) : null}
      {reading.error === null ? null : <Failure error={reading.error} />}
    </>
  );
}
