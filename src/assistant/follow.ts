import { partsOf } from '#kernel/time';
import { checkQuery, GRAINS, type MetricQuery } from '#semantic';

import { queryPeriod } from './chosen-period.ts';
import { complete } from './complete.ts';
import { UNIT_WORDS } from './date-words.ts';
import type { Draft } from './draft.ts';
import { type DraftRead, readDraft, type Setting, type Understanding } from './understand.ts';
import { shapeOf } from './record-shape.ts';
import { periodOf, shifted } from './relative-period.ts';
import { FILLERS, type Turn, turnOf } from './turn.ts';
import { readingOf } from './words.ts';

const measures = (draft: Draft): boolean =>
  draft.metrics.length > 0 ||
  ['count', 'orders', 'late', 'overdue', 'ordered', 'cheap', 'vague'].some((flag) =>
    [...draft.flags].some((each) => each === flag),
  ) ||
  shapeOf(draft) !== undefined;

const saysNothing = (draft: Draft): boolean =>
  draft.metrics.length + draft.by.length + draft.where.length + draft.mentioned.length === 0 &&
  draft.periods.length + draft.limits.length + draft.flags.size === 0 &&
  draft.count === undefined &&
  draft.sorted === undefined &&
  draft.direction === undefined &&
  draft.compare === undefined &&
  draft.against === undefined;

/**
 * Reads a question as going on from the one before: "and 2024?", "by category", "nur für …".
 * Undefined: it stands for itself, or cannot be read so.
 */
export function follow(
  question: string,
  prior: MetricQuery,
  setting: Setting,
): Understanding | undefined {
  const turn = turnOf(question);
  const read = readDraft(turn.rest, { ...setting, ...yearMeantIn(prior) });
  const { draft } = read;
  const peak = peakOf(draft);
  if (draft.areas.length + draft.actions.length + draft.missing.length > 0) return undefined;
  if (isOpen(read, turn)) return undefined;
  if (turn.compare !== undefined) draft.compare = turn.compare;
  const pointsBack = turn.opened || turn.shift !== undefined || turn.compare !== undefined || peak;
  if (!pointsBack && measures(draft)) return undefined;
  if (turn.shift === undefined && turn.everything !== true && saysNothing(draft)) return undefined;
  const query = changed({ ...prior, asOf: setting.asOf }, draft, { turn, setting });
  if (query === undefined) return undefined;
  const check = checkQuery(query);
  const en = setting.locale === 'en';
  if (!check.ok) {
    const why = en ? check.reason.en : check.reason.de;
    return { kind: 'unsupported', why, near: check.nearest ?? [] };
  }
  const before = readingOf(prior, setting);
  const note = en
    ? `Read as going on from “${before}”.`
    : `Als Fortsetzung von „${before}“ gelesen.`;
  return { kind: 'query', query, notes: [note] };
}

/** The year that a question was about, when it was about one. */
function yearMeantIn({ period }: MetricQuery): { yearMeant?: number } {
  if (period === undefined) return {};
  const [[from], [until]] = [partsOf(period.start), partsOf(period.end)];
  return from === until ? { yearMeant: from } : {};
}

/** 'Which month was highest?': its months, of which the answer names the highest. Takes the word for a cut. */
function peakOf(draft: Draft): boolean {
  const [word] = draft.unused.filter(({ text }) => !FILLERS.has(text.toLowerCase()));
  const grain = GRAINS.find((each) => each === UNIT_WORDS.get(word?.text.toLowerCase() ?? ''));
  if (grain === undefined || !draft.flags.has('most')) return false;
  if (draft.metrics.length + draft.by.length > 0) return false;
  draft.by = [{ dimension: 'date', grain }];
  draft.unused = draft.unused.filter((each) => each !== word);
  draft.flags.delete('best');
  return true;
}

/** Whether something in it is not understood, or could mean several. */
function isOpen({ draft }: DraftRead, { opened }: Turn): boolean {
  if (draft.ambiguous.length + draft.dates.length > 0) return true;
  return draft.unused.some(
    ({ text }) => !FILLERS.has(text.toLowerCase()) && !(opened && text.length < 2),
  );
}

type How = { readonly turn: Turn; readonly setting: Setting };

/** The question before with what the words change. Undefined: they do not fit together. */
function changed(prior: MetricQuery, draft: Draft, how: How): MetricQuery | undefined {
  const { turn, setting } = how;
  const { asOf, locale, catalogue, members } = setting;
  const ranked = draft.flags.has('top') || draft.flags.has('most') || draft.count !== undefined;
  const sorted = ranked || draft.sorted !== undefined || draft.direction !== undefined;
  const measured = measures(draft);
  const cuts = draft.by.length + draft.mentioned.length > 0 || draft.flags.has('trend');
  const named = draft.where.map(({ member }) => member.dimension);
  const newCut = draft.mentioned.some(({ dimension }) => !named.includes(dimension));
  const keepsCuts = !(draft.by.length > 0 || newCut || draft.flags.has('trend'));
  const counted = prior.metrics.join(' ') === 'purchase_order_count';
  const valued = counted && draft.flags.has('worth') && draft.metrics.length === 0;
  if (!measured) draft.metrics = valued ? ['spend'] : [...prior.metrics];
  if (keepsCuts) draft.by = prior.by.map(cutOf);
  const period = periodFor(prior, draft, how);
  if (period !== undefined) draft.periods = [period];
  if (draft.count !== undefined && keepsCuts) draft.flags.add('top');
  const outcome = complete(draft, asOf, { catalogue, members, locale });
  if (outcome.kind !== 'query') return undefined;
  const next = outcome.query;
  const sameCuts = keepsCuts && next.by.length === prior.by.length;
  const { order: _order, limit: _limit, ...rest } = next;
  const having = next.having ?? (measured ? undefined : prior.having);
  const order = sorted || !sameCuts ? next.order : (turned(prior, next) ?? next.order);
  const kept = sameCuts && turn.everything !== true ? prior.limit : undefined;
  const limit = next.limit ?? kept;
  const compare = next.compare ?? (turn.shift === undefined ? prior.compare : undefined);
  const sharing = prior.share === true && sameCuts && compare === undefined;
  const dropped = cuts ? next.by.map(({ dimension }) => dimension) : [];
  return {
    ...rest,
    where: filters(prior, next, keepsCuts ? [] : dropped),
    ...(having === undefined ? {} : { having }),
    ...(compare === undefined ? {} : { compare }),
    ...(sharing ? { share: true as const } : {}),
    ...(prior.per === undefined || !sameCuts ? {} : { per: prior.per }),
    ...(order === undefined ? {} : { order }),
    ...(limit === undefined ? {} : { limit }),
    ...(period === undefined ? {} : { period: queryPeriod(period, locale) }),
  };
}

const cutOf = ({ dimension, grain }: MetricQuery['by'][number]): Draft['by'][number] =>
  grain === undefined ? { dimension } : { dimension, grain };

/** The period meant: the one named, the one pointed to, or the one before. */
function periodFor(prior: MetricQuery, draft: Draft, { turn, setting }: How) {
  const { asOf } = setting;
  const { period } = prior;
  const before = period === undefined ? undefined : periodOf(period.start, period.end, asOf);
  if (turn.shift !== undefined) {
    return shifted(before ?? periodOf(asOf, asOf, asOf), turn.shift);
  }
  if (draft.periods.length > 0 || draft.flags.has('all-time')) return undefined;
  return before;
}

/** The order before, by what is measured now. */
function turned(prior: MetricQuery, next: MetricQuery): MetricQuery['order'] {
  const { order } = prior;
  const [before, now] = [prior.metrics[0], next.metrics[0]];
  if (order === undefined || before === now) return order;
  return order.by === before && now !== undefined ? { ...order, by: now } : undefined;
}

/** Filters before that nothing new replaces: a name in the place of a name, a cut in that of one. */
function filters(
  prior: MetricQuery,
  next: MetricQuery,
  cuts: readonly string[],
): MetricQuery['where'] {
  const replaced = next.where.filter(({ op }) => op === 'is').map(({ dimension }) => dimension);
  const kept = prior.where.filter(
    ({ dimension, op }) =>
      !replaced.includes(dimension) && !(op === 'is' && cuts.includes(dimension)),
  );
  return [...kept, ...next.where];
}
