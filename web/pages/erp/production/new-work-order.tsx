import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';
import { NewDocument } from '../forms/new-document.tsx';

type Plan = {
  readonly startOn: string;
  readonly endOn: string; // '' is the day it begins.
  readonly batch: string;
  readonly text: string;
};

function PlanFields(props: {
  readonly of: Plan;
  readonly onPlan: (plan: Plan) => void;
}): ReactNode {
  const { of, onPlan } = props;
  const { t } = useTranslation();
  return (
    <>
      <DayField
        label={t('erp.field.startsOn')}
        value={of.startOn}
        onValue={(startOn) => onPlan({ ...of, startOn })}
        named="plannedStartOn"
      />
      <DayField
        label={t('erp.field.endsOn')}
        value={of.endOn === '' ? of.startOn : of.endOn}
        onValue={(endOn) => onPlan({ ...of, endOn })}
        named="plannedEndOn"
      />
      <Field
        label={t('erp.field.batch')}
        value={of.batch}
        onValue={(batch) => onPlan({ ...of, batch })}
        maxLength={40}
        named="batch"
        optional
      />
      <div className="is-wide">
        <Field
          label={t('erp.field.text')}
          value={of.text}
          onValue={(text) => onPlan({ ...of, text })}
          maxLength={1000}
          named="text"
          optional
        />
      </div>
    </>
  );
}

/** A work order that somebody plans. */
export function NewWorkOrder(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [item, setItem] = useState<Item>();
  const [quantity, setQuantity] = useState('1');
  const [chosen, setWarehouse] = useState('');
  const [plan, setPlan] = useState<Plan>({ startOn: today, endOn: '', batch: '', text: '' });
  const params = { entity: code };
  const houses = (useBooks('listWarehouses', { params }).data?.items ?? []).filter(
    ({ status }) => status === 'active',
  );
  const warehouse = chosen === '' ? (houses[0]?.id ?? '') : chosen;
  const make = (key: string) =>
    callBooks('createWorkOrder', {
      params,
      body: {
        item: item?.id ?? '',
        quantity: quantity.trim(),
        warehouse,
        plannedStartOn: plan.startOn,
        plannedEndOn: plan.endOn === '' ? plan.startOn : plan.endOn,
        ...filled({ batch: plan.batch, text: plan.text }),
      },
      key,
    });
  return (
    <NewDocument
      list="work-orders"
      title={t('erp.new.work-orders')}
      about={t('erp.form.workOrderAbout')}
      main={{ text: t('erp.form.save'), make }}
    >
      <div className="erp-form-grid">
        <div className="is-wide">
          <ItemBox value={item} onValue={setItem} named="item" />
        </div>
        <AmountField
          label={t('erp.field.quantity')}
          value={quantity}
          onValue={setQuantity}
          {...(item === undefined ? {} : { description: item.baseUnit })}
          named="quantity"
        />
        <ChoiceField
          label={t('erp.field.warehouse')}
          value={warehouse}
          onValue={setWarehouse}
          of={houses.map(({ id, code: short, name }) => ({
            value: id,
            label: `${short} · ${name}`,
          }))}
          named="warehouse"
        />
        <PlanFields of={plan} onPlan={setPlan} />
      </div>
    </NewDocument>
  );
}
