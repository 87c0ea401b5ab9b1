import type { Sent } from './wire.ts';

/**
 * Our reference within a text of Tryton's, beside what else stands there: 'DN-4 (RI-01J…)'. Kept so
 * where Tryton has one field for the other side's number and none for ours.
 */
export const withReference = (text: string | undefined, reference: string): string =>
  [text ?? '', `(${reference})`].filter((part) => part !== '').join(' ');

/** The reference of a shipment that somebody announced and a command receives. */
export const withReceipt = (text: string, reference: string): string => `${text} +(${reference})`;

/** Finds what these wrote. */
export const holdsReference = (field: string, reference: string): Sent => [
  field,
  'like',
  `%(${reference})%`,
];

/** What the other side told: the text without references of ours, which have 16 signs at least. */
export const toldIn = (text: string): string =>
  text.replace(/( ?\+?\([A-Z0-9-]{16,32}\))+$/, '').trim();
