import { speaker } from '#kernel';

/** What runs and quarantine say, in English; pages say it in other languages by its code. */
export const SYNC_SENTENCES = {
  // What a run says of itself.
  'nothing-changed': 'Nothing changed.',
  'in-quarantine': '{{held}} in quarantine.',
  incomplete: 'Not everything could be read ({{which}}).',
  stopped: 'Stopped. What was done stays; the next run goes on from there.',
  'gone-unreadable':
    '{{gone}} of {{all}} {{what}} are no longer in {{where}}; not deleted, since some of it could not be read.',
  'gone-too-many':
    '{{gone}} of {{all}} {{what}} are no longer in {{where}}: that is more than {{most}} %, so none was deleted. If they are really gone, sync again and accept the deletions; if not, look at the source.',
  'fewer-than-counted':
    '{{what}}: the source counts {{expected}} and handed over {{seen}}. Nothing was deleted; the next run reads all of it again.',
  'read-whole': '{{what}} was read whole, since the place it had reached was lost: {{why}}.',
  'one-unreadable': '{{what}} {{key}} could not be read: {{why}}.',
  // Why an entity was not read.
  'not-there': 'it is not there',
  'cut-short': 'the source stopped before its last page; the next run goes on',
  // Why something is in quarantine.
  'no-such-record':
    "there is no {{noun}} '{{key}}': correct this value, or add the {{noun}} (it may be in quarantine itself)",
  'waits-for-rows':
    'waits, since rows of {{files}} that may belong to it could not be read: correct those first',
  'no-key': 'the row has no key: fill this column',
  'key-twice':
    "the key '{{key}}' occurs {{times}} times, on lines {{lines}}: none was taken, keep one",
  orphan:
    "belongs to {{parent}} '{{value}}', which is not there: correct this value, or add that row",
  'no-date': 'is not a date: write it as YYYY-MM-DD',
  'no-number': 'is not a number: write it as 1234.50',
  'no-whole-number': 'is not a whole number: write it as 1234',
  'no-yes-or-no': 'is neither yes nor no: write one of {{known}}',
  'no-text': 'holds a NUL character, which is no text: write the file again as plain text',
  'not-in-table': "is not in the mapping's table: known are {{known}}",
} as const;

/** Says one of them. */
export const say = speaker('sync', SYNC_SENTENCES);
