export { connectFile } from './connect.ts';
export type { FileSettings } from './connect.ts';
export type { FileErrorCode } from './errors.ts';
export type { FolderSource } from './folder/folder.ts';
export { localFolder } from './folder/local.ts';
export { parseFileLayout } from './layout.ts';
export type { EntityLayout, FileLayout } from './layout.ts';
export type { FileLimits } from './limits.ts';
