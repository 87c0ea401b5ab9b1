import { readFileSync } from 'node:fs';
import { mainError } from '../errors.ts';

/**
 * Reads a secret from where it is: `env:NAME`, `file:PATH` or `-` for standard input. Never from
 * the command line itself, which other people of the machine can see.
 */
export function readSecret(name: string, from: string): string {
  const [, kind, rest = ''] = /^(env|file):(.+)$/s.exec(from) ?? [];
  if (kind === 'env') return nonEmpty(name, process.env[rest], `the variable ${rest}`);
  if (kind === 'file') return nonEmpty(name, readFileSync(rest, 'utf8'), rest);
  if (from === '-') return nonEmpty(name, readFileSync(0, 'utf8'), 'standard input');
  throw mainError('invalid', 'main.bad-setting', `reading the secret '${name}'`, {
    remedy: `Write --secret ${name}=env:VARIABLE, ${name}=file:PATH or ${name}=- (standard input).`,
  });
}

function nonEmpty(name: string, text: string | undefined, from: string): string {
  const secret = (text ?? '').replace(/\r?\n$/, '');
  if (secret !== '') return secret;
  throw mainError('invalid', 'main.bad-setting', `reading the secret '${name}'`, {
    remedy: `There is nothing in ${from}.`,
  });
}
