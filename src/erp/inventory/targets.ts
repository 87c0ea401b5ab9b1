export { readLineTargets } from './line-targets.ts';
