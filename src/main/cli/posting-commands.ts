import type { BodyOf, ReplyOf } from '#api-contract';
import { EXIT_CODES, mainError } from '../errors.ts';
import { printFacts, printJson } from './print.ts';
import type { Context } from './source-commands.ts';

type Settings = BodyOf<'setPosting'>;

/** What a person says about the postings to a system. */
export type PostingWish = {
  readonly set: readonly string[]; // 'settleMs=120000'; without a value: as usual again.
  readonly fallback?: string; // 'none': nobody stands in any more.
};

/** Shows how patient postings to a system are, and changes what is asked for. */
export async function showPosting(
  { client, json }: Context,
  name: string,
  wish: PostingWish,
): Promise<number> {
  const params = { name };
  const { posting } = await client.call('getIntegration', { params });
  const nothing = wish.set.length === 0 && wish.fallback === undefined;
  const shown = nothing
    ? posting
    : (await client.call('setPosting', { params, body: changed(posting, wish) })).posting;
  if (json) printJson(shown);
  else printPosting(shown);
  return EXIT_CODES.done;
}

/** Says how postings to a system are sent. */
export function printPosting({
  policy,
  fallback,
  inForce,
  standsInFor,
}: ReplyOf<'getIntegration'>['posting']): void {
  printFacts([
    ...Object.entries(inForce).map(([key, value]): [string, string] => [
      key,
      `${value}${Object.hasOwn(policy, key) ? ' (set here)' : ''}`,
    ]),
    ['fallback', fallback],
    ['stands in for', standsInFor.length === 0 ? undefined : standsInFor.join(' ')],
  ]);
}

function changed(
  now: { readonly policy: Settings['policy']; readonly fallback?: string | undefined },
  { set, fallback = now.fallback }: PostingWish,
): Settings {
  const policy = { ...now.policy, ...policyOf(set) };
  const kept = Object.entries(policy).filter(([, value]) => value !== undefined);
  const settings = { policy: Object.fromEntries(kept) };
  return fallback === undefined || fallback === 'none' ? settings : { ...settings, fallback };
}

/** Reads `key=value`; without a value it is as usual again. The server knows the keys. */
export function policyOf(set: readonly string[]): Record<string, number | undefined> {
  return Object.fromEntries(
    set.map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      const number = Number(value);
      if (key !== '' && (value === '' || Number.isFinite(number))) {
        return [key, value === '' ? undefined : number];
      }
      throw mainError('invalid', 'main.bad-setting', `reading --set ${pair.slice(0, 40)}`, {
        remedy: 'Write --set settleMs=120000, or --set settleMs= for the usual value.',
      });
    }),
  );
}
