import { changeCloseTask as changeTask } from '#erp/ledger/closing';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Begins, finishes, skips or reopens a task. */
export const changeCloseTask = route({
  name: 'changeCloseTask',
  summary: 'Begins, finishes, skips or reopens a close task.',
  permission: 'ledger:post',
  audit: { within: 'ledger.close-task-changed' },
  errors: ['ledger.moved-on', 'ledger.no-such-task', 'ledger.task-blocked'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { entity, id } = request.params;
      const { version, status, note } = request.body;
      request.note({ details: { status } });
      const change = { id, version, status, ...(note === undefined ? {} : { note }) };
      return granted(await changeTask(tx, contextOf(request, services, entity), change));
    }),
});
