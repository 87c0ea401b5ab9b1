import { EXIT_CODES } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import type { Context } from './source-commands.ts';

/** What `audit list` may be narrowed to. */
export type AuditFilter = {
  readonly actor?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly subject?: string;
  readonly traceId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly page: string;
  readonly limit: string;
};

/** Lists what people did, newest first. */
export async function showAudit({ client, json }: Context, filter: AuditFilter): Promise<number> {
  const { limit, ...query } = filter;
  const reply = await client.call('listAuditEvents', { query: { ...query, pageSize: limit } });
  if (json) printJson(reply);
  else {
    printTable(
      ['position', 'at', 'who', 'action', 'outcome', 'subject', 'route', 'trace'],
      reply.items.map((event) => [
        event.position,
        event.at,
        event.actorName ?? event.actor,
        event.action,
        event.outcome,
        event.subjectName ?? event.subject,
        event.route,
        event.traceId,
      ]),
    );
    if (reply.total > reply.items.length) {
      console.log(`… of ${reply.total}; see --limit (up to 200) and --page.`);
    }
  }
  return EXIT_CODES.done;
}

/** Checks the audit log's chain, against an event noted elsewhere when there is one. */
export async function verifyAudit(
  { client, json }: Context,
  noted: { readonly position?: string; readonly hash?: string },
): Promise<number> {
  const { position, hash } = noted;
  const verdict = await client.call('verifyAudit', {
    query: {
      ...(position === undefined ? {} : { position }),
      ...(hash === undefined ? {} : { hash }),
    },
  });
  if (json) printJson(verdict);
  else if (verdict.ok) {
    console.log(`The audit log is whole: ${verdict.events} events.`);
    console.log(`Note elsewhere: position ${verdict.events}, hash ${verdict.head ?? ''}`);
  } else console.log(`The audit log is BROKEN at event ${verdict.brokenAt}: ${verdict.reason}.`);
  return verdict.ok ? EXIT_CODES.done : EXIT_CODES.failed;
}
