import { localFolder } from './folder/local.ts';
import { makeFolder } from './testing.ts';
import { describeFolderContract } from './testing/folder-contract.ts';

describeFolderContract('a folder of this machine', async () => {
  const here = await makeFolder({});
  return { source: localFolder(here), here };
});
