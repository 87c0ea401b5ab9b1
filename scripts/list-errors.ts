/** Rewrites docs/errors.md: every code there is, keeping what was said of it. Run: `node scripts/list-errors.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedErrors, errorCodes } from '../tidy/error-codes.ts';

const said = documentedErrors();
const lines = errorCodes().map((code) => `| \`${code}\` | ${said.get(code) ?? ''} |`);
const untold = errorCodes().filter((code) => (said.get(code) ?? '') === '');
const text = `# Error codes

Stable: safe to switch on. Each error also says what was being done, why it failed and what helps.
\`node scripts/list-errors.ts\` keeps the list whole; the meaning is written by hand.

| code | meaning |
|---|---|
${lines.join('\n')}
`;
writeFileSync(join(import.meta.dirname, '../docs/errors.md'), text);
console.log(
  untold.length === 0 ? 'Every code is told.' : `Say what these mean: ${untold.join(', ')}`,
);
