import type { Json, JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { ruleFor } from './rule.ts';
import type { Rule, Winner } from './rule.ts';
import { withValue } from './three-way.ts';
import type { FieldCase } from './three-way.ts';

/** When each side made its change; undefined: not known. */
export type Times = { readonly ours?: Instant; readonly theirs?: Instant };

/** What becomes of a field, and why. */
export type Verdict = {
  readonly take: 'ours' | 'theirs' | 'ask';
  readonly because:
    | 'only-ours'
    | 'only-theirs'
    | 'agreed'
    | 'reckoned' // An amount that follows from others.
    | 'own-write' // Only we ourselves have written since.
    | 'rule'
    | 'no-rule'
    | 'time-unknown';
  readonly rule?: string; // The field of the rule that decided.
};

export type DecidedCase = FieldCase & { readonly verdict: Verdict };

/** Says for every field what becomes of it: by itself where one side changed it, else by the rules. */
export function decideFields(
  cases: readonly FieldCase[],
  rules: readonly Rule[],
  times: Times,
): readonly DecidedCase[] {
  return cases.map((each) => ({ ...each, verdict: verdictOf(each, rules, times) }));
}

function verdictOf({ side, field }: FieldCase, rules: readonly Rule[], times: Times): Verdict {
  if (side === 'ours') return { take: 'ours', because: 'only-ours' };
  if (side === 'theirs') return { take: 'theirs', because: 'only-theirs' };
  if (side === 'agreed') return { take: 'theirs', because: 'agreed' };
  const rule = ruleFor(rules, field);
  if (rule === undefined) return { take: 'ask', because: 'no-rule' };
  return byRule(rule.wins, rule.field, times);
}

function byRule(wins: Winner, rule: string, { ours, theirs }: Times): Verdict {
  if (wins !== 'newest') return { take: wins, because: 'rule', rule };
  if (ours === undefined || theirs === undefined || ours === theirs) {
    return { take: 'ask', because: 'time-unknown', rule };
  }
  return { take: ours > theirs ? 'ours' : 'theirs', because: 'rule', rule };
}

/** What a person says about a field: one of the two, or a value of their own. */
export type Choice = { readonly take: 'ours' | 'theirs' } | { readonly value: Json };

/** The fields that stay open: the verdict asks, and nobody has chosen. */
export function openFields(
  cases: readonly DecidedCase[],
  choices: ReadonlyMap<string, Choice> = new Map(),
): readonly string[] {
  return cases
    .filter(({ verdict, field }) => verdict.take === 'ask' && !choices.has(field))
    .map(({ field }) => field);
}

/** The content that comes of it: theirs, with what is taken from ours or chosen put in. */
export function mergedContent(
  theirs: JsonObject,
  cases: readonly DecidedCase[],
  choices: ReadonlyMap<string, Choice> = new Map(),
): JsonObject {
  let merged = theirs;
  for (const each of cases) {
    const choice = choices.get(each.field);
    if (choice !== undefined && 'value' in choice) {
      merged = withValue(merged, each.path, choice.value);
    } else if ((choice?.take ?? each.verdict.take) === 'ours') {
      merged = withValue(merged, each.path, each.ours);
    }
  }
  return merged;
}
