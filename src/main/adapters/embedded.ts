import { z } from 'zod';
import { connectEmbedded } from '#adapters/embedded';
import type { Registration } from './registration.ts';

const Settings = z.strictObject({
  entity: z.string().regex(/^[A-Z0-9]{2,8}$/), // The code of a legal entity.
});

/** A legal entity of the ERP in this house. */
export const embedded: Registration = {
  name: 'embedded',
  title: 'The embedded ERP',
  settings: Settings,
  secrets: [],
  mappings: ['embedded'],
  connect({ integration, settings, erp }) {
    const { entity } = Settings.parse(settings);
    return connectEmbedded(erp(entity, `connection ${integration}`));
  },
};
