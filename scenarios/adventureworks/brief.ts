import { z } from 'zod';

const Query = z.object({
  metrics: z.array(z.string()),
  by: z.array(z.object({ dimension: z.string(), grain: z.string().optional() })),
  where: z.array(z.object({ dimension: z.string(), op: z.string(), values: z.array(z.string()) })),
  period: z.object({ start: z.string(), end: z.string() }).optional(),
  compare: z
    .union([z.string(), z.object({ period: z.object({ start: z.string(), end: z.string() }) })])
    .optional(),
  share: z.boolean().optional(),
  per: z.string().optional(),
  having: z.array(z.object({ metric: z.string(), op: z.string(), value: z.string() })).optional(),
  order: z.object({ by: z.string(), direction: z.string() }).optional(),
  limit: z.number().optional(),
});
type Query = z.infer<typeof Query>;

/** A typed query in one line, names in place of record ids: metrics | cuts | filters | period | rest. */
export function brief(query: unknown, nameOf: (id: string) => string): string {
  const read = Query.parse(query);
  const filters = read.where.map(
    ({ dimension, op, values }) => `${dimension} ${op} ${values.map(nameOf).toSorted().join('/')}`,
  );
  const limits = (read.having ?? []).map(({ metric, op, value }) => `${metric} ${op} ${value}`);
  return [
    read.metrics.join('+'),
    read.by.map(({ dimension, grain }) => grain ?? dimension).join('+'),
    [...filters.toSorted(), ...limits].join('; '),
    read.period === undefined ? '' : `${read.period.start}..${read.period.end}`,
    [compared(read), read.share === true ? 'share' : '', perWord(read), ranked(read)]
      .filter((part) => part !== '')
      .join('; '),
  ]
    .join(' | ')
    .replace(/(?: \| *)+$/, '');
}

function compared({ compare }: Query): string {
  if (compare === undefined || typeof compare === 'string') return compare ?? '';
  return `vs ${compare.period.start}..${compare.period.end}`;
}

const perWord = ({ per }: Query): string => (per === undefined ? '' : `per ${per}`);

/** '5 desc'; the column when it is not the first metric. */
function ranked({ limit, order, metrics, by }: Query): string {
  const chosen = order !== undefined && order.by !== metrics[0] && order.by !== by[0]?.grain;
  if (order === undefined || (limit === undefined && !chosen && order.direction === 'desc'))
    return '';
  if (limit === undefined && order.by === by[0]?.grain) return '';
  const words = [limit, order.direction, chosen ? order.by : undefined];
  return words.filter((word) => word !== undefined).join(' ');
}
