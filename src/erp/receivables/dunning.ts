export { blockDunning, listDunningBlocks, unblockDunning } from './dunning-blocks.ts';
export type { DunningBlock } from './dunning-blocks.ts';
export { dunningLevels, setDunningLevels, STANDARD_LEVELS } from './dunning-levels.ts';
export type { DunningLevel } from './dunning-levels.ts';
export {
  changeDunningRun,
  createDunningRun,
  decideDunningRun,
  dunningRunsToDecide,
  findDunningRun,
  listDunningRuns,
} from './dunning-run.ts';
export type { DunningRun } from './dunning-run.ts';
export { executeDunningRun } from './execute-dunning.ts';
export type { ExecutedRun } from './execute-dunning.ts';
export type { DunningItem } from './propose-dunning.ts';
export { listNotices } from './read-notices.ts';
export type { DunningNotice } from './read-notices.ts';
