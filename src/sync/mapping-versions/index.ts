export { diffPacks } from './diff-packs.ts';
export type { PackDifference } from './diff-packs.ts';
export {
  followShippedMapping,
  listMappingVersions,
  readMapping,
  restoreMapping,
  saveMapping,
} from './versions.ts';
export type { MappingEdit, MappingVersion } from './versions.ts';
