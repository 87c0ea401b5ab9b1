import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ItemLink } from '../links.tsx';

type Order = ReplyOf<'getWorkOrder'>;
type Bom = ReplyOf<'getErpItem'>['boms'][number];

/** The bill that holds on a day: of several, the one that began last. */
function billOn(boms: readonly Bom[], day: string): Bom | undefined {
  return boms
    .filter(({ validFrom, validTo = day }) => validFrom <= day && day <= validTo)
    .toSorted((one, other) => other.validFrom.localeCompare(one.validFrom))[0];
}

/** Freezes bill and routing; who releases says which materials are not booked by themselves. */
export function ReleaseWorkOrder({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const found = useBooks('getErpItem', { params: { entity: code, id: of.item } });
  const [byHand, setByHand] = useState<ReadonlySet<string>>(new Set());
  const bill = billOn(found.data?.boms ?? [], of.plannedStartOn);
  const components = [...new Set((bill?.lines ?? []).map(({ component }) => component))];
  const choose = (item: string, wanted: boolean): void =>
    setByHand((before) => {
      const after = new Set(before);
      if (wanted) after.add(item);
      else after.delete(item);
      return after;
    });
  return (
    <BookingForm
      title={t('erp.act.release')}
      about={t('erp.act.releaseAbout')}
      main
      act={(key) =>
        callBooks('releaseWorkOrder', {
          params: { entity: code, id: of.id },
          body: { version: of.version, ...(byHand.size === 0 ? {} : { explicit: [...byHand] }) },
          key,
        })
      }
    >
      {components.length === 0 ? null : (
        <fieldset className="erp-form-checks">
          <legend>{t('erp.form.byHand')}</legend>
          {components.map((item) => (
            <label key={item}>
              <input
                type="checkbox"
                checked={byHand.has(item)}
                onChange={({ currentTarget: { checked } }) => choose(item, checked)}
              />{' '}
              <ItemLink id={item} />
            </label>
          ))}
        </fieldset>
      )}
    </BookingForm>
  );
}
