import { saidOf, sentenceOf, speaker } from '#kernel';
import type { Said, Sentence } from '#kernel';

/** One line of a connection check, in words a person can act on. */
export type ConnectionCheck = {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The same for other languages; what a system itself said has no code. */
  readonly said?: { readonly check?: Said; readonly detail?: Said };
};

/** What connection checks look at and find, in English; pages say it in other languages. */
export const CHECK_SENTENCES = {
  // What is looked at.
  address: 'address',
  connection: 'connection',
  'host-key': 'host key',
  'sign-in': 'sign in',
  encryption: 'TLS',
  folder: 'folder',
  files: 'files',
  file: '{{entity}}: {{file}}',
  outbound: 'outbound: {{folder}}',
  health: 'health: {{path}}',
  read: 'read {{entity}}',
  write: 'write {{operation}}',
  'look-up': 'look up {{operation}}',
  key: 'key of {{entity}}',
  changes: 'changes of {{entity}}',
  watermark: 'watermark of {{entity}}',
  // What is found.
  value: '{{value}}',
  answered: 'it answered {{status}}',
  'not-in-time': 'it did not answer in time',
  readable: 'it can be read',
  'readable-without': 'it can be read; left out, since unreadable: {{columns}}',
  empty: 'it can be read, and is empty',
  'empty-without': 'it can be read, and is empty; left out, since unreadable: {{columns}}',
  'first-page': '{{count}} on the first page',
  'first-page-of': '{{count}} on the first page, {{total}} in all',
  'asked-for-references': 'it can be asked for our references',
  'found-nobodys': "it found '{{key}}' by a reference nobody gave",
  encrypted: 'the line is encrypted, the certificate verified',
  'not-encrypted': 'off: the line is open',
  'works-in-company': 'works in company {{company}}',
  'key-by-index': 'unique, by an index',
  'key-by-looking': 'unique, by looking at every row; warning: no unique index holds it so',
  'mark-indexed': '{{column}}, indexed',
  'mark-not-indexed': '{{column}}; warning: no index begins with it, so each look reads all',
  'mark-empty-rows':
    '{{column}}, indexed; warning: {{count}} rows have none and are read each time',
  'mark-slow-and-empty':
    '{{column}}; warning: no index begins with it, so each look reads all; warning: {{count}} rows have none and are read each time',
} as const;

/** Says one of them. */
export const sayCheck = speaker('check', CHECK_SENTENCES);

/** A check with what came of it. */
export function checked(check: Sentence, ok: boolean, detail: Sentence | string): ConnectionCheck {
  const told = typeof detail === 'string' ? { text: detail } : detail;
  return {
    check: check.text,
    ok,
    detail: told.text,
    said: { check: saidOf(check), ...('code' in told ? { detail: saidOf(told) } : {}) },
  };
}

/** Looks, and tells what was found or why it could not be. */
export async function lookedAt(
  check: Sentence,
  look: () => Promise<Sentence | string>,
): Promise<ConnectionCheck> {
  try {
    return checked(check, true, await look());
  } catch (error) {
    return failedCheck(check, error);
  }
}

/** A check that failed, with what helps. */
export function failedCheck(check: Sentence, error: unknown): ConnectionCheck {
  const told = sentenceOf(error);
  return checked(check, false, 'code' in told ? told : told.text);
}
