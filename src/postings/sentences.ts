import { slotsIn, speaker } from '#kernel';
import type { Said } from '#kernel';

/**
 * Why a posting stands where it stands, as far as Rialto itself says it, in English. Each is kept with
 * its code; pages say it in other languages by it and by what the posting names.
 */
export const POSTING_SENTENCES = {
  'worker-lost': 'the worker was lost while it was sending',
  'no-time': 'there was no time left to send it',
  'no-target': 'there is no {{kind}} {{key}}',
  'not-read': 'reading {{kind}} {{key}}: {{why}}',
  'moved-on': '{{kind}} {{key}} has moved on since it was seen',
  'read-anew': '{{kind}} {{key}} was read anew, and has moved on',
  'own-is-back': 'its own system is back: taken back, to be sent there',
  'looked-unbooked': 'somebody has looked: it is not booked, and will not be',
  'gone-unanswered': 'not there any more, and not answered: it is not sent again unless you say so',
  'sent-again': 'looked for, and not there: it is sent again',
  'part-unanswered': 'the batch was answered, this part of it was not',
  'look-failed': 'it could not be looked for: {{why}}',
  unsupported: '{{adapter}} cannot {{operation}}',
  'not-connected': "connecting '{{integration}}': {{why}}",
  'adapter-failed': 'the adapter failed: {{why}}',
  'no-way-back': 'a {{operation}} cannot be taken back by message',
  'taken-back': 'it is taken back already, by {{posting}}',
  'being-taken-back': 'it is being taken back, by {{posting}}',
  'not-taken-back': 'taking it back waits for a person, as {{posting}}',
  'gone-since': '{{kind}} {{key}} is not there',
  'before-unknown': 'what it was before is not known',
  'after-unknown': 'what it was right after our posting is not known',
  unreadable: 'what is there cannot be read by the mapping',
  'newer-there': 'it has moved on to version {{version}}',
  'changed-since': 'it has been changed since',
  'found-other': "it was found with another '{{field}}' than we sent",
  'was-empty': "'{{field}}' was empty before, which no message says",
} as const;

/** Says one of them. */
export const sayPosting = speaker('postings', POSTING_SENTENCES);

type Name = keyof typeof POSTING_SENTENCES;

/** One of them as the code and reason that are kept with a posting. */
export function reasonOf<One extends Name>(
  name: One,
  slots: Parameters<typeof sayPosting<One>>[1],
): { readonly code: `postings.${One}`; readonly reason: string } {
  return { code: `postings.${name}`, reason: sayPosting(name, slots).text };
}

/** What a kept reason says, for other languages. Undefined: it is a system's own, or a person's. */
export function saidByReason({ code, reason }: { code: string; reason: string }): Said | undefined {
  const template = new Map<string, string>(Object.entries(POSTING_SENTENCES)).get(
    code.replace(/^postings\./, ''),
  );
  const slots = template === undefined ? undefined : slotsIn(template, reason);
  return slots === undefined ? undefined : { code, slots };
}
