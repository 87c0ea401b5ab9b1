import { testPostgres } from './testing.ts';
import { describeWriting } from './testing/writing.ts';

describeWriting('PostgreSQL', testPostgres);
