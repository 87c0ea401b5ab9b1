import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { TermsField } from '../forms/terms-field.tsx';
import { usualTax, useTradeCodes } from '../forms/trade-codes.ts';
import { emptyTask, planOf, TaskLines } from './task-lines.tsx';
import type { TaskDraft } from './task-lines.tsx';

const KINDS = ['fixed-price', 'time-and-material', 'internal'] as const;
const BUDGETS = ['off', 'block'] as const;

type Head = {
  readonly name: string;
  readonly kind: (typeof KINDS)[number];
  readonly customer: Party | undefined;
  readonly taxCode: string | undefined; // Undefined: as usual.
  readonly terms: string;
  readonly budget: (typeof BUDGETS)[number];
  readonly startsOn: string;
  readonly endsOn: string; // '' is the day it begins.
};
type Part = { readonly of: Head; readonly set: (some: Partial<Head>) => void };

const oneOf = <Value extends string>(all: readonly Value[], value: string): Value | undefined =>
  all.find((one) => one === value);

/** Who pays, and how: nobody for what is done inside. */
function Payer(props: Part & { readonly taxCode: string }): ReactNode {
  const { of, set, taxCode } = props;
  const { t } = useTranslation();
  const codes = useTradeCodes(of.startsOn).taxCodes('output');
  if (of.kind === 'internal') return null;
  return (
    <>
      <div className="is-wide">
        <PartyBox role="customer" value={of.customer} onValue={(customer) => set({ customer })} />
      </div>
      <ChoiceField
        label={t('erp.field.taxCode')}
        value={taxCode}
        onValue={(code) => set({ taxCode: code })}
        of={codes}
        none={t('erp.form.noTax')}
        named="taxCode"
      />
      <TermsField
        value={of.terms}
        usual={of.customer?.paymentTerms}
        onValue={(terms) => set({ terms })}
      />
    </>
  );
}

function HeadFields(props: Part & { readonly taxCode: string }): ReactNode {
  const { of, set } = props;
  const { t } = useTranslation();
  return (
    <div className="erp-form-grid">
      <div className="is-wide">
        <Field
          label={t('erp.field.name')}
          value={of.name}
          onValue={(name) => set({ name })}
          maxLength={200}
          named="name"
        />
      </div>
      <ChoiceField
        label={t('field.kind')}
        value={of.kind}
        onValue={(kind) => set({ kind: oneOf(KINDS, kind) ?? of.kind })}
        of={KINDS.map((value) => ({ value, label: t(`erp.projectKind.${value}`) }))}
        named="kind"
      />
      <DayField
        label={t('erp.field.startsOn')}
        value={of.startsOn}
        onValue={(startsOn) => set({ startsOn })}
        named="plan.startsOn"
      />
      <DayField
        label={t('erp.field.endsOn')}
        value={of.endsOn === '' ? of.startsOn : of.endsOn}
        onValue={(endsOn) => set({ endsOn })}
        named="plan.endsOn"
      />
      <Payer {...props} />
      <ChoiceField
        label={t('erp.form.budgetCheck')}
        value={of.budget}
        onValue={(budget) => set({ budget: oneOf(BUDGETS, budget) ?? of.budget })}
        of={BUDGETS.map((value) => ({ value, label: t(`erp.form.budget.${value}`) }))}
        named="budgetCheck"
      />
    </div>
  );
}

/** A project that somebody plans: for whom, its tasks, what they cost and earn. */
export function NewProject(): ReactNode {
  const { t } = useTranslation();
  const { code, country } = useEntity();
  const today = useToday();
  const [head, setHead] = useState<Head>({
    name: '',
    kind: 'fixed-price',
    customer: undefined,
    taxCode: undefined,
    terms: '',
    budget: 'off',
    startsOn: today,
    endsOn: '',
  });
  const [tasks, setTasks] = useState<readonly TaskDraft[]>(() => [emptyTask(1)]);
  const codes = useTradeCodes(head.startsOn).taxCodes('output');
  const { customer, kind } = head;
  const isAtHome = customer !== undefined && (customer.country ?? country) === country;
  const taxCode = head.taxCode ?? usualTax(codes, { itemCode: undefined, isAtHome });
  const days = {
    startsOn: head.startsOn,
    endsOn: head.endsOn === '' ? head.startsOn : head.endsOn,
  };
  const plan = planOf(tasks, {
    ...days,
    kind,
    milestoneName: (task) => t('erp.form.milestoneOf', { task }),
  });
  const make = (key: string) =>
    callBooks('createProject', {
      params: { entity: code },
      body: {
        name: head.name.trim(),
        kind,
        budgetCheck: head.budget,
        ...(kind === 'internal'
          ? {}
          : filled({ customer: customer?.id ?? '', taxCode, paymentTerms: head.terms })),
        plan,
      },
      key,
    });
  return (
    <NewDocument
      list="projects"
      title={t('erp.new.projects')}
      about={t('erp.form.projectAbout')}
      main={{ text: t('erp.form.save'), make }}
    >
      <HeadFields
        of={head}
        set={(some) => setHead((before) => ({ ...before, ...some }))}
        taxCode={taxCode}
      />
      <TaskLines of={tasks} onTasks={setTasks} kind={kind} {...days} />
    </NewDocument>
  );
}
