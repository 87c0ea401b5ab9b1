export { agreedServiceOf } from './agreements.ts';
export { releaseAgreements, releasesOf } from './release-agreements.ts';
export type { ReleaseDraft } from './release-agreements.ts';
