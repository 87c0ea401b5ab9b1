export { openApp } from './app.ts';
export type { App } from './app.ts';
export { EXIT_CODES } from './errors.ts';
export type { MainErrorCode } from './errors.ts';
export { readSettings } from './settings.ts';
export type { Settings } from './settings.ts';
