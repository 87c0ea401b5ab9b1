import { findShift, type Shift } from './relative-period.ts';

const OPENER =
  /^(?:(?:and|so|ok|okay|well|but|now|then|rather|und|aber|jetzt|nun|dann|also|lieber|doch)\b[\s,]*)*(?:(?:what|how) about|what if|the same|same (?:thing|again|question)?|only|just|instead|rather|break (?:it|that|this|them) down|split (?:it|that|this|them)|(?:und )?wie (?:sieht|ist|war|steht) (?:es|das)|was ist mit|lieber|nur|dasselbe|das ?gleiche|stattdessen|ebenso|genauso)?[\s,]*/;

/** Words that say nothing more once it is known that a question goes on from the one before. */
export const FILLERS = new Set(
  'and so then but now rather what about how same again instead only just also please that this it them those these one ones down split broken break sliced restricted narrowed limited there too und aber jetzt nun dann also lieber doch nur noch mal nochmal einmal bitte das dies es denn davon aus dasselbe gleiche stattdessen auch aufgeteilt aufgeschlüsselt beschränkt eingeschränkt sieht war waren was were'.split(
    ' ',
  ),
);

const COMPARING =
  /(?:\b(?:compared?|comparison|versus|vs\.?|than|against|vergleich\w*|verglichen|gegenüber|gegen|als)\b[\s,]*(?:(?:to|with|it|that|mit|zu|zum|zur|dem|der|das|the)\b[\s,]*)*)$/;

/** 'How many orders was that?': the words at the end mean what was just shown. */
const THAT =
  /[\s,]+(?:(?:was|were|is|are) (?:that|this|it|those)|(?:war|waren|ist|sind) (?:das|es))$/;

/** Every row, where only some were shown. */
const EVERYTHING =
  /^(?:(?:show|list|give|zeig\w*|nenn\w*)[\s,]+)?(?:(?:me|mir|us|uns)[\s,]+)?(?:all|all of (?:them|it)|everything|every ?one|the (?:whole|full|complete) list|alle|alles|sämtliche|die (?:ganze|volle|vollständige) liste)(?:[\s,]+(?:of them|davon|anzeigen|zeigen))?$|^(?:remove|drop|lift|without|no|take away)[\s,]+(?:the |a |any )?limit$|^ohne (?:begrenzung|limit|grenze|obergrenze)$/;

/** How a question goes on from the one before. */
export type Turn = {
  /** What it says besides. */
  readonly rest: string;
  /** Whether its words alone show that it goes on. */
  readonly opened: boolean;
  readonly shift?: Shift;
  readonly compare?: 'prior-year' | 'prior-period';
  /** All rows are wanted. */
  readonly everything?: true;
};

/** What a follow-up begins and ends with, and what it points to from the period before. */
export function turnOf(question: string): Turn {
  const whole = question.trim().replace(/[?!.]+$/, '');
  const text = whole.slice(0, whole.length - (THAT.exec(whole.toLowerCase())?.[0].length ?? 0));
  const lower = text.toLowerCase();
  const opener = OPENER.exec(lower)?.[0] ?? '';
  const opened = opener.trim() !== '' || text !== whole;
  if (EVERYTHING.test(lower.slice(opener.length))) {
    return { rest: '', opened: true, everything: true };
  }
  const found = findShift(lower);
  // Lower case has as many letters as the text in both languages, so places agree.
  if (found === undefined) return { rest: text.slice(opener.length), opened };
  const { shift, before } = found;
  const compared = COMPARING.exec(before);
  const end = lower.length - found.after.length;
  const head = text.slice(opener.length, Math.max(opener.length, before.length));
  const rest = `${compared === null ? head : head.slice(0, head.length - compared[0].length)} ${text.slice(end)}`;
  if (compared === null) return { rest, opened, shift };
  return { rest, opened, compare: shift.unit === 'year' ? 'prior-year' : 'prior-period' };
}
