import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { dataDirOf } from '../settings.ts';
import { withOwner } from './client.ts';
import type { Context } from './source-commands.ts';

/** What every command is given. */
export type Common = { readonly json?: boolean; readonly dataDir?: string };

/** Adds a command with what every command has: --json, --data-dir, an example. */
export function command(
  parent: Command,
  usage: string,
  text: { readonly summary: string; readonly example: string },
): Command {
  return parent
    .command(usage)
    .description(text.summary)
    .option('--json', 'print JSON, for programs')
    .option('--data-dir <folder>', 'the data folder (default: ~/.local/share/rialto)')
    .addHelpText('after', `\nExample:\n  rialto ${text.example}`);
}

/** Runs a command's work against the owner and ends with its exit code. */
export async function against(
  common: Common,
  work: (context: Context) => Promise<number>,
): Promise<void> {
  const dataDir = dataDirOf(common.dataDir, process.env);
  process.exitCode = await withOwner(dataDir, (client) =>
    work({ client, json: common.json === true }),
  );
}

/** Reads a whole number within limits that its refusal names. */
export const wholeFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };

/** Reads how many rows somebody wants to see. */
export function howMany(text: string): string {
  if (/^[1-9]\d*$/.test(text)) return text;
  throw new InvalidArgumentError('Give a whole number, 1 or more.');
}
