import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { useTranslation } from './i18n.ts';
import { useMeaning } from './said.ts';

const RefusedFields = createContext<ReadonlyMap<string, string>>(new Map());
const WRAPPED = /^(set|draft)\./; // What a change of something is wrapped in.
const INNER = /\(([a-z-]+\.[a-z-]+)\)$/; // What another area refused, which says more than who passed it on.
const AS_SENT = 'api.invalid-request'; // Said of a request that is not even looked at by the business.

/** Lets the fields within say what a server refused of them. */
export function Refusals(props: {
  readonly error: Error | null;
  readonly children: ReactNode;
}): ReactNode {
  const { error, children } = props;
  const { t, language } = useTranslation();
  const meaningOf = useMeaning();
  const problem = error instanceof ApiError ? error.problem : undefined;
  const meaning =
    problem?.code === AS_SENT ? t('act.notAsWanted') : meaningOf(problem?.code, problem?.slots);
  const said = (reason: string): string => {
    if (language === 'en') return reason;
    return meaningOf(INNER.exec(reason)?.[1], problem?.slots) ?? meaning ?? reason;
  };
  const fields = new Map(
    problem?.problems?.map(({ field, reason }) => [field.replace(WRAPPED, ''), said(reason)]),
  );
  return <RefusedFields value={fields}>{children}</RefusedFields>;
}

/** What the server refused of a field, by its name in the request, or one of several; undefined: nothing. */
export function useRefusal(field: string | readonly string[] | undefined): string | undefined {
  const refused = useContext(RefusedFields);
  const names = typeof field === 'string' ? [field] : (field ?? []);
  return names.map((name) => refused.get(name)).find((reason) => reason !== undefined);
}
