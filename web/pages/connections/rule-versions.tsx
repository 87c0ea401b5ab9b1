import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { call } from '../../api/client.ts';
import { ActButton } from '../../shared/act-button.tsx';
import { Async, loadable } from '../../shared/async.tsx';
import { ChangedFields } from '../../shared/changed-fields.tsx';
import type { FieldChange } from '../../shared/changed-fields.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { usePersonName } from '../../shared/person-name.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useRuleName } from './rule-name.ts';

type Version = ReplyOf<'listConflictRulesVersions'>['items'][number];

const MOST = { pageSize: 200 } as const;

/** The fields whose winner is another one, and rules that came or went. */
function useDifferences(): (before: Version | undefined, after: Version) => FieldChange[] {
  const { t } = useTranslation();
  const nameOf = useRuleName();
  const winnersOf = (of: Version | undefined) =>
    new Map((of?.rules ?? []).map(({ field, wins }) => [field, t(`rules.winner.${wins}`)]));
  return (before, after) => {
    const [was, is] = [winnersOf(before), winnersOf(after)];
    return [...new Set([...was.keys(), ...is.keys()])]
      .filter((field) => was.get(field) !== is.get(field))
      .map((field) => ({ field: nameOf(field), before: was.get(field), after: is.get(field) }));
  };
}

function OneVersion(props: {
  readonly name: string;
  readonly of: Version;
  readonly before: Version | undefined;
  readonly inForce: boolean;
}): ReactNode {
  const { name, of, before, inForce } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('integrations:write');
  const differencesOf = useDifferences();
  const differences = differencesOf(before, of);
  const { kind, version, note, createdAt } = of;
  const author = usePersonName(of.author) ?? '';
  return (
    <li className="rialto-change">
      {t('rules.version', { version, author, since: format.moment(createdAt) })}{' '}
      {inForce ? (
        <span className="rialto-status" data-tone="good">
          {t('mapping.isInForce')}
        </span>
      ) : null}
      {note === null ? null : <p>{note}</p>}
      {differences.length === 0 ? (
        <p className="rialto-dim">{t('mapping.same')}</p>
      ) : (
        <ChangedFields
          label={t('rules.changesOf', { version })}
          before={t('dryRun.before')}
          after={t('dryRun.after')}
          of={differences}
        />
      )}
      {inForce || !mayWrite ? null : (
        <div className="rialto-tools">
          <ActButton
            text={t('mapping.restore')}
            label={t('mapping.restoreOne', { version })}
            act={() => call('restoreConflictRules', { params: { name, kind, version } })}
          />
        </div>
      )}
    </li>
  );
}

function Versions({ name, kind }: { readonly name: string; readonly kind: string }): ReactNode {
  const found = useServer('listConflictRulesVersions', { params: { name, kind }, query: MOST });
  return (
    <Async of={loadable(found)} rows={2}>
      {({ items }) => (
        <ol className="rialto-bare">
          {items.map((of, at) => (
            <OneVersion
              key={of.version}
              name={name}
              of={of}
              before={items[at + 1]}
              inForce={at === 0}
            />
          ))}
        </ol>
      )}
    </Async>
  );
}

/** Every version the rules of a kind ever had, what each changed, and the way back to it. */
export function RuleVersions(props: {
  readonly name: string;
  readonly kind: string;
  readonly title: string;
}): ReactNode {
  const { name, kind, title } = props;
  const [open, setOpen] = useState(false);
  return (
    <details
      className="rialto-unfolds"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{title}</summary>
      {open ? <Versions name={name} kind={kind} /> : null}
    </details>
  );
}
