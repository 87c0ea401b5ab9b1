export { METRICS, findMetric } from './catalogue.ts';
export { DIMENSIONS, findDimension } from './dimension.ts';
export type { Dimension, DimensionName } from './dimension.ts';
export type { Localised, Metric, Unit } from './metric.ts';
export { GRAINS, MetricQuerySchema } from './query.ts';
export type { Grain, MetricQuery, Period } from './query.ts';
export type { MetricResult, ResultColumn } from './result.ts';
