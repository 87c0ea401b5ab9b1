import { updateAccount as changeAccount } from '#erp/ledger';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Renames or blocks an account. */
export const updateAccount = route({
  name: 'updateAccount',
  summary: 'Renames an account, blocks it, or lets it be posted to again.',
  permission: 'ledger:write',
  audit: { within: 'ledger.account-changed' },
  errors: ['ledger.moved-on', 'ledger.no-such-account'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { entity, id: number } = request.params;
      const { version, name, blocked } = request.body;
      request.note({ subject: `${entity} ${number}` });
      const change = {
        number,
        version,
        ...(name === undefined ? {} : { name }),
        ...(blocked === undefined ? {} : { blocked }),
      };
      return granted(await changeAccount(tx, contextOf(request, services, entity), change));
    }),
});
