import { Kbd } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../shared/i18n.ts';
import { usePages } from './navigation.ts';

/** What each key does. */
export function KeySheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const keys: readonly (readonly [readonly string[], string])[] = [
    [[navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl', 'K'], t('keys.palette')],
    [['/'], t('keys.search')],
    [['?'], t('keys.sheet')],
    ...usePages().map(({ key, name }) => [['g', key], t(`nav.${name}`)] as const),
  ];
  return (
    <dialog ref={dialog} className="rialto-dialog" aria-labelledby="key-sheet" onClose={onClose}>
      <div className="rialto-section">
        <h2 id="key-sheet">{t('shell.keys')}</h2>
        <button
          type="button"
          className="rialto-text-button"
          onClick={() => dialog.current?.close()}
        >
          {t('shell.close')}
        </button>
      </div>
      <dl className="rialto-facts">
        {keys.map(([parts, does]) => (
          <div key={does} className="rialto-fact">
            <dt>
              {parts.map((part) => (
                <Kbd key={part} size="xs" mr={4}>
                  {part}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
