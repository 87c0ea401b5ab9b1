/** The story of `purchasing-story.ts` on PostgreSQL. */
import { testPostgres } from '../../src/adapters/database/testing.ts';
import { describeStory } from './purchasing-story.ts';

describeStory(testPostgres);
