import { because } from '#kernel';
import type { Said, Sentence } from '#kernel';

type Why = { readonly reason: string; readonly said: Said; readonly column?: string };

/** Thrown while a file is read when nothing after this place can be read. Becomes a problem. */
export class Unreadable extends Error {
  readonly why: Why;

  constructor(sentence: Sentence, column?: string) {
    super(sentence.text);
    this.why = { ...because(sentence), ...(column === undefined ? {} : { column }) };
  }
}
