import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import type { Command } from 'commander';
import type { ReplyOf } from '#api-contract';
import { EXIT_CODES } from '../errors.ts';
import { against, command, wholeFrom } from './command.ts';
import type { Common } from './command.ts';
import { followWork } from './follow-work.ts';
import { printFacts, printJson } from './print.ts';
import type { Context } from './source-commands.ts';

type Wish = {
  readonly size: (typeof SIZES)[number];
  readonly years: number;
  readonly seed: number;
  readonly speed: (typeof SPEEDS)[number];
};

const SIZES = ['small', 'medium', 'large'] as const;
const SPEEDS = ['fast', 'live'] as const;
const YEARS_MAX = 10;
const SEED_MAX = 2_147_483_647;

/** Commands about the company that lives in the embedded ERP. */
export function registerSimulation(program: Command): void {
  const simulate = command(program, 'simulate', {
    summary:
      'Founds a company in the embedded ERP that follows from a seed, with years of history.',
    example: 'simulate --size small --years 3 --seed 7 --speed live',
  })
    .addOption(new Option('--size <size>', 'how much it trades').choices(SIZES).default('small'))
    .option(
      '--years <count>',
      `of history, up to yesterday: 1 to ${YEARS_MAX}`,
      wholeFrom(1, YEARS_MAX),
      3,
    )
    .option('--seed <number>', 'the same seed makes the same company', wholeFrom(0, SEED_MAX), 7)
    .addOption(
      new Option('--speed <speed>', 'fast: history alone; live: it trades on in real time')
        .choices(SPEEDS)
        .default('fast'),
    )
    .action((wish: Wish & Common) => against(wish, (it) => found(it, wish)));
  const nested = (usage: string, summary: string): Command =>
    command(simulate, usage, { summary, example: `simulate ${usage}` });
  nested('status', 'Says how the company stands.').action((_: Common, own: Command) =>
    against(own.optsWithGlobals<Common>(), showStanding),
  );
  nested('start', 'Lets the company trade in real time while the server runs.').action(
    (_: Common, own: Command) => against(own.optsWithGlobals<Common>(), (it) => trade(it, true)),
  );
  nested('stop', 'Lets the company rest.').action((_: Common, own: Command) =>
    against(own.optsWithGlobals<Common>(), (it) => trade(it, false)),
  );
  nested('truth', "Writes what is odd in the company's books, one line of JSON each.")
    .requiredOption('--out <path>', 'the file to write')
    .action(({ out }: { readonly out: string }, own: Command) =>
      against(own.optsWithGlobals<Common>(), (it) => saveTruth(it, out)),
    );
}

async function found(context: Context, wish: Wish): Promise<number> {
  const { client, json } = context;
  const { size, years, seed, speed } = wish;
  await client.call('simulateCompany', { body: { size, years, seed, live: speed === 'live' } });
  await followWork(() => client.call('getLivingCompany'), json);
  return showStanding(context);
}

async function showStanding({ client, json }: Context): Promise<number> {
  const standing = await client.call('getLivingCompany');
  if (json) printJson(standing);
  else tell(standing);
  return EXIT_CODES.done;
}

async function trade({ client, json }: Context, isLive: boolean): Promise<number> {
  const standing = await client.call('setLivingCompany', { body: { isLive } });
  if (json) printJson(standing);
  else tell(standing);
  return EXIT_CODES.done;
}

function tell({ company, last }: ReplyOf<'getLivingCompany'>): void {
  if (company === null) return console.log('No company lives here.');
  const refused = Object.entries(company.refused).map(([code, count]) => `${code} ${count}`);
  printFacts([
    ['company', `${company.size}, seed ${company.seed}`],
    ['since', company.startedOn],
    ['booked until', company.livedUntil ?? 'nothing is booked yet'],
    [
      'history',
      company.status === 'writing'
        ? `to be written up to ${company.wantedUntil ?? company.startedOn}; the next \`rialto simulate\` or start goes on`
        : 'written',
    ],
    ['trades', company.isLive ? 'in real time, while the server runs' : 'not at the moment'],
    ['documents written', last?.result?.documents],
    ['oddities', last?.result?.oddities],
    ['refused by the ERP', refused.join(', ')],
  ]);
}

async function saveTruth({ client }: Context, out: string): Promise<number> {
  const lines: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.call('listOddities', {
      query: { limit: 1_000, ...(after === undefined ? {} : { after }) },
    });
    lines.push(...page.items.map((item) => `${JSON.stringify(item)}\n`));
    after = page.next;
    if (after === undefined) break;
  }
  writeFileSync(out, lines.join(''));
  console.log(`${lines.length} oddities in ${out}`);
  return EXIT_CODES.done;
}
