import type { z } from 'zod';
import type { Adapter, ExchangeLog } from '#adapter-kit';
import type { RefreshTokenKeeper } from '#adapter-kit/auth';
import type { WebhookSender } from '#adapter-kit/webhook';
import type { EmbeddedErp } from '#adapters/embedded';
import type { Clock } from '#kernel/time';
import type { AnyPack } from '#sync';

/** Opens a legal entity of the ERP that stands in this house, to somebody. */
export type OpenErp = (legalEntity: string, by: string) => EmbeddedErp;

/** What an adapter is made from. */
export type Given = {
  readonly integration: string; // What the connection is called.
  readonly settings: unknown; // Checked by the registration's own schema.
  readonly secrets: Readonly<Record<string, string>>;
  readonly pack: AnyPack;
  readonly clock: Clock;
  readonly erp: OpenErp;
  readonly log?: ExchangeLog;
  readonly refreshTokens?: RefreshTokenKeeper; // Where there is one among its secrets.
};

/** One thing to be asked of a person who connects a source, and never to be shown again. */
export type AskedSecret = { readonly name: string; readonly optional?: true };

/** An adapter as the house knows it: what to ask for, and how to make one. */
export type Registration = {
  readonly name: string;
  readonly title: string;
  readonly settings: z.ZodObject;
  readonly secrets: readonly AskedSecret[];
  readonly mappings: readonly string[]; // Packs that ship for it.
  connect(given: Given): Adapter;
  /** How the system tells of changes by itself. Absent, or undefined: it does not. */
  readonly webhook?: (settings: unknown) => WebhookSender | undefined;
};
