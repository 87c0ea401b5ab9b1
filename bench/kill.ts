// Kills workers, puller, PostgreSQL and the hostile ERP at random instants while Rialto posts to it
// and syncs in from it, then compares Rialto's journal and records with the ERP's own books. Ends with 1 when anything was lost or doubled.
// `npm run bench -- kill [--kills 300] [--seed 1] [--without-lookup]`
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { runKills } from '../scenarios/hostile/kill-run.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    'without-lookup': { type: 'boolean', default: false },
  },
});
const withoutLookup = values['without-lookup'];
const report = await runKills({
  kills: Number(values.kills),
  seed: Number(values.seed),
  withoutLookup,
  log: console.log,
});
const { comparison, records, killed, seconds, ...counts } = report;
const memory = (totalmem() / 2 ** 30).toFixed(0);
console.log(
  `kill${withoutLookup ? ', without lookup' : ''}: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ` +
    `${memory} GB, Node ${process.version}; ${seconds.toFixed(0)} s; load average ${loadavg()[0]?.toFixed(1) ?? ''}`,
);
console.table([{ ...killed, ...counts }]);
console.table([comparison]);
const { told, ...figures } = records;
console.table([figures]);
for (const line of told) console.log(line);
const { unfinished, lost, doubled, unknown, wrongKey, journalTotal, ledgerTotal } = comparison;
const { missing, surplus, different, heldBack, wrongHistory } = records;
const wrongRecords = missing + surplus + different + heldBack + wrongHistory;
const wrong = unfinished + lost + doubled + unknown + wrongKey + wrongRecords;
process.exitCode = wrong > 0 || journalTotal !== ledgerTotal ? 1 : 0;
