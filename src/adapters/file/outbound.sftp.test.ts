import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { describeWriterContract } from '#adapter-kit/testing';
import { connectFile, sftpFolder } from './index.ts';
import { openOtherSide, orderFor, ORDERS_OUT } from './testing/other-side.ts';
import { startSshd } from './testing/start-sshd.ts';
import type { RunningSshd } from './testing/start-sshd.ts';

let server: RunningSshd;
beforeAll(async () => {
  server = await startSshd();
});
afterAll(async () => {
  await server.close();
});

let benches = 0;

describeWriterContract('files over SFTP', async () => {
  benches += 1;
  const path = await mkdtemp(join(server.folder, 'x'));
  const folder = sftpFolder({ ...server.settings, path });
  const { writer, capabilities } = connectFile({ folder, layout: ORDERS_OUT, stabilityMs: 0 });
  if (writer === undefined) throw new Error('it does not write');
  const other = await openOtherSide(path);
  return {
    writer,
    capabilities,
    good: [1, 2].map((at) => orderFor(`RLT-${benches}-${at}`)),
    refused: orderFor(`RLT-${benches}-R`, 'V-BAD'),
    takeUp: async () => await other.takeUp(),
    booked: async () =>
      await Promise.resolve([...other.booked.values()].reduce((sum, times) => sum + times, 0)),
  };
});
