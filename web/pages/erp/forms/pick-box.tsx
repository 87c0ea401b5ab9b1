import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useRefusal } from '../../../shared/refusals.tsx';
import { useOptions } from '../../../shared/use-options.ts';
import { FIELD_ORDER } from '../fields.tsx';
import { PickList } from './pick-list.tsx';
import type { Choice } from './pick-list.tsx';

/** Of what was found for less text, what fits all of it: nobody picks what they no longer look for. */
function narrowed(choices: readonly Choice[], typed: string): readonly Choice[] {
  const sought = typed.trim().toLowerCase();
  return choices.filter(({ text, note = '' }) => `${text} ${note}`.toLowerCase().includes(sought));
}

/** A box that finds by what one types into it; arrows and Enter pick, as does the mouse. */
export function PickBox(props: {
  readonly label: string;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly choices: readonly Choice[]; // For what is typed.
  readonly pending: boolean;
  readonly picked: boolean; // What is typed is what was picked.
  readonly onPick: (id: string) => void;
  readonly isFree?: boolean; // It may be something that is not in the list.
  readonly optional?: boolean;
  readonly description?: string;
  readonly named?: string;
  readonly onOpen?: (open: boolean) => void;
}): ReactNode {
  const { label, typed, onTyped, pending, picked, onPick, named, onOpen } = props;
  const { isFree = false, optional = false, description = '' } = props;
  const choices = pending ? narrowed(props.choices, typed) : props.choices;
  const { t } = useTranslation();
  const [box, setBox] = useState<HTMLInputElement | null>(null);
  const [open, setOpen] = useState(false);
  const show = (wanted: boolean): void => {
    setOpen(wanted);
    onOpen?.(wanted);
  };
  const pick = (at: number): void => {
    onPick(choices[at]?.id ?? '');
    show(false);
  };
  const isOpen = open && !picked;
  const count = isOpen ? choices.length : 0;
  const options = useOptions({ count, first: isFree ? -1 : 0, about: typed, onPick: pick });
  const missed = !isFree && !picked && typed !== '' ? t('erp.form.pick') : '';
  useEffect(() => box?.setCustomValidity(missed), [box, missed]);
  return (
    <>
      <TextInput
        ref={setBox}
        inputWrapperOrder={FIELD_ORDER}
        label={label}
        value={typed}
        description={description}
        error={useRefusal(named)}
        placeholder={t('erp.form.typeToFind')}
        onChange={({ currentTarget: { value } }) => {
          onTyped(value);
          show(true);
        }}
        onFocus={() => show(true)}
        onBlur={() => show(false)}
        autoComplete="off"
        required={!optional}
        {...options.input}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open) show(false);
          else options.input.onKeyDown(event);
        }}
      />
      <PickList
        label={label}
        box={box}
        isShown={isOpen && (choices.length > 0 || typed !== '')}
        choices={choices}
        options={options}
        pending={pending}
        nothing={t(isFree ? 'erp.form.foundNothingFree' : 'erp.form.foundNothing')}
        onPick={pick}
      />
    </>
  );
}
