import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreementOf } from './subledgers.ts';
import type { Agreement } from './subledgers.ts';
import { walkThrough } from './walk-through.ts';
import type { WalkThrough } from './walk-through.ts';

/** Follows a guide on a fresh Rialto: each block prints what it says, and at the end the books agree. */
export function describeGuide(
  guide: string,
  end: {
    readonly on: string;
    readonly agreement: Omit<Agreement, 'workInProgress'> & Partial<Agreement>; // Else nothing is made.
    readonly lists?: Readonly<Record<string, string>>; // Of `rialto erp`: what each names.
  },
): void {
  let followed: WalkThrough;
  beforeAll(async () => {
    followed = await walkThrough(guide);
  }, 240_000);
  afterAll(() => followed.stop());

  test('every block of the guide prints what the guide says', () => {
    const { blocks } = followed;
    expect(blocks.length).toBeGreaterThan(4);
    expect(blocks.map(({ printed }) => printed)).toEqual(blocks.map(({ said }) => said));
  });

  test('the trial balance balances, and subledgers agree with their control accounts', async () => {
    const nothingMade = { workInProgress: ['0.00', '0.00'] };
    const agreed = await agreementOf(followed.rialto, end.on);
    expect(agreed).toEqual({ ...nothingMade, ...end.agreement });
  });

  test.each(Object.entries(end.lists ?? {}))('rialto erp %s names %s', async (list, named) => {
    const shown = await followed.rialto.command('erp', list, '--entity', 'DE01');
    expect(shown).toMatchObject({ exitCode: 0, errors: '' });
    expect(shown.output).toContain(named);
  });
}
