import type { ReactNode } from 'react';
import { Async, loadable } from '../../../shared/async.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { PersonName } from '../../../shared/person-name.tsx';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ObjectHead } from '../object-page.tsx';
import { ImportReport } from './import-report.tsx';
import type { Import } from './import-report.tsx';
import { TakeBackImport, TakenBack } from './take-back.tsx';

/** How a file was read: what was found for what it did not say. */
function HowRead({ of }: { readonly of: Import }): ReactNode {
  const { t, format } = useColumnKit();
  const { file, formats, openingOn, createdAt, createdBy } = of;
  return (
    <Card title={t('erp.imports.howRead')}>
      <Facts
        of={[
          [t('erp.imports.when'), format.moment(createdAt)],
          [t('erp.imports.by'), <PersonName key="by" of={createdBy} />],
          [t('erp.imports.openingOn'), openingOn === undefined ? '' : <Day of={openingOn} />],
          [t('erp.bank.format'), formats.format.toUpperCase()],
          [t('erp.bank.decimalPoint'), formats.decimalPoint ?? ''],
          [t('erp.bank.days'), formats.days ?? ''],
          [
            t('erp.imports.headings'),
            formats.headings.map(({ heading, field }) => `${heading} → ${field}`).join(', '),
          ],
          ['SHA-256', file.digest],
        ]}
      />
    </Card>
  );
}

/** One import as it is kept: who brought which file when, how it was read, what became of it. */
export function ImportPage({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const found = useBooks('getImport', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {(of) => (
        <>
          <ObjectHead list="imports" title={of.file.name} />
          <div className="rialto-stack">
            <Card title={t('erp.imports.outcome')}>
              <div className="erp-report">
                <ImportReport of={of} />
              </div>
            </Card>
            {of.takenBack === undefined ? null : <TakenBack of={of.takenBack} />}
            <TakeBackImport of={of} />
            <HowRead of={of} />
          </div>
        </>
      )}
    </Async>
  );
}
