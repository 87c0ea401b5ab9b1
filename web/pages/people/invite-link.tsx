import { useClipboard } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';

/** A link that was just made for someone: shown once. */
export type Invitation = { readonly name: string; readonly path: string };

/** A one-time link to hand over. It is shown here and never again. */
export function InviteLink({ of }: { readonly of: Invitation }): ReactNode {
  const { t } = useTranslation();
  const { copied, copy } = useClipboard();
  const link = `${window.location.origin}${of.path}`;
  return (
    <div className="rialto-card rialto-notice" data-status="clarify" role="status">
      <p>{t('people.invited', { name: of.name })}</p>
      <div className="rialto-tools">
        <code className="rialto-link-text">{link}</code>
        <button type="button" className="rialto-text-button" onClick={() => copy(link)}>
          {copied ? t('state.copied') : t('people.copy')}
        </button>
      </div>
    </div>
  );
}
