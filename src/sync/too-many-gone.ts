const SHARE_MAX = 0.2;
const FREE = 10;

/** Whether so many records would go that a person has to say so: a source may be broken. */
export function tooManyGone(gone: number, all: number): boolean {
  return gone > FREE && gone > all * SHARE_MAX;
}

/** What a run says of deletions that wait for a person. `otherwise`: what to do if it is a mistake. */
export function deletionsHeld(things: string, otherwise: string): string {
  return (
    `${things}: that is more than ${SHARE_MAX * 100} %, so none was deleted. If they are really ` +
    `gone, sync again and accept the deletions; if not, ${otherwise}.`
  );
}
