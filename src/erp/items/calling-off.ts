export { releaseAgreements, releasesOf } from './release-agreements.ts';
export type { ReleaseDraft } from './release-agreements.ts';
