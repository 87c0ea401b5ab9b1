import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../shared/i18n.ts';
import { useOptions } from '../shared/use-options.ts';
import { useHits } from './palette-hits.ts';
import type { Hit, HitGroup } from './hit.ts';

function Group(props: {
  readonly of: HitGroup;
  readonly from: number;
  readonly active: number;
  readonly idOf: (at: number) => string;
  readonly onGo: (hit: Hit) => void;
}): ReactNode {
  const { of, from, active, idOf, onGo } = props;
  return (
    <div role="group" aria-label={of.title}>
      <div className="rialto-nav-group" aria-hidden>
        {of.title}
      </div>
      {of.hits.map((hit, at) => (
        <div
          key={hit.id}
          id={idOf(from + at)}
          role="option"
          tabIndex={-1}
          aria-selected={from + at === active}
          className="rialto-hit"
          onClick={() => onGo(hit)}
        >
          <span>{hit.label}</span>
          {hit.note === undefined ? null : <span className="rialto-hit-note">{hit.note}</span>}
        </div>
      ))}
    </div>
  );
}

function Search({ onDone }: { readonly onDone: () => void }): ReactNode {
  const [text, setText] = useState('');
  const [hurried, setHurried] = useState<string>(); // Enter came before what it was meant for.
  const { t } = useTranslation();
  const { groups, pending } = useHits(text);
  const hits = groups.flatMap((group) => group.hits);
  const go = (hit: Hit | undefined): void => {
    onDone();
    hit?.go();
  };
  const waited = hurried === text && !pending;
  useEffect(() => {
    if (waited) go(hits[0]);
  });
  const options = useOptions({
    count: hits.length,
    first: 0,
    about: text,
    onPick: (at) => {
      if (pending && at === 0) setHurried(text);
      else go(hits[at]);
    },
  });
  const startOf = (at: number): number =>
    groups.slice(0, at).reduce((sum, group) => sum + group.hits.length, 0);
  return (
    <>
      <input
        className="rialto-palette-input"
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        {...options.input}
      />
      <div
        id={options.listId}
        role="listbox"
        aria-label={t('palette.found')}
        aria-busy={pending}
        className="rialto-hits"
      >
        {groups.map((group, at) => (
          <Group
            key={group.title}
            of={group}
            from={startOf(at)}
            active={options.active}
            idOf={options.idOf}
            onGo={go}
          />
        ))}
      </div>
    </>
  );
}

/** One box from which everything can be reached. What it leads to best is chosen first. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="rialto-palette"
      aria-label={t('palette.open')}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close();
      }}
    >
      <Search onDone={() => dialog.current?.close()} />
    </dialog>
  );
}
