import type { WebhookDelivery } from '#api-contract/webhook';
import { EXIT_CODES } from '../errors.ts';
import { printJson, printTable } from './print.ts';
import { readSecret } from './read-secret.ts';
import type { Context } from './source-commands.ts';

/** What a person may ask about what a system tells of by itself. */
export type WebhooksWanted = {
  readonly state?: string;
  readonly search?: string;
  readonly rotateSecret?: boolean;
  readonly secret?: string; // Where the sender's own secret is: 'env:VARIABLE'.
  readonly retireSecret?: boolean;
};

/** Shows where a system sends to and what it sent, or changes the secret. */
export async function showWebhooks(
  context: Context,
  name: string,
  wanted: WebhooksWanted,
): Promise<number> {
  const { client, json } = context;
  const params = { name };
  if (wanted.rotateSecret === true || wanted.secret !== undefined) {
    return rotate(context, name, wanted.secret);
  }
  if (wanted.retireSecret === true) await client.call('retireWebhookSecret', { params });
  const { state, search } = wanted;
  const query = {
    ...(state === undefined ? {} : { state }),
    ...(search === undefined ? {} : { search }),
  };
  const webhook = await client.call('getWebhook', { params });
  const list = await client.call('listWebhookDeliveries', { params, query });
  if (json) {
    printJson({ ...webhook, deliveries: list.items, total: list.total });
    return EXIT_CODES.done;
  }
  console.log(`${name} sends to ${client.address}${webhook.path}, or to where a proxy serves it.`);
  if (!webhook.sends) console.log('Its profile does not say how it sends: docs/guides/webhooks.md');
  if (webhook.secrets === 0) console.log('No secret yet: rialto webhooks <name> --rotate-secret');
  if (webhook.secrets === 2) console.log('Two secrets are good: --retire-secret ends the old one.');
  printTable(
    ['received', 'state', 'delivery', 'repeats', 'named', 'first', 'problem'],
    list.items.map((each) => [
      each.receivedAt,
      each.state,
      each.deliveryId.slice(0, 40),
      each.repeats,
      each.wishCount,
      firstOf(each),
      each.problem ?? undefined,
    ]),
  );
  if (list.total > list.items.length) console.log(`${list.items.length} of ${list.total}`);
  return EXIT_CODES.done;
}

async function rotate(
  { client, json }: Context,
  name: string,
  from: string | undefined,
): Promise<number> {
  const body = from === undefined ? {} : { secret: readSecret('secret', from) };
  const reply = await client.call('rotateWebhookSecret', { params: { name }, body });
  if (json) printJson(reply);
  else {
    if (reply.secret !== null) console.log(`The secret, shown this once: ${reply.secret}`);
    console.log('The one before, if any, stays good until: rialto webhooks <name> --retire-secret');
  }
  return EXIT_CODES.done;
}

const firstOf = ({ wishes: [first] }: WebhookDelivery): string =>
  first?.entity === undefined ? 'what has changed' : `${first.entity} ${first.key ?? ''}`;
