import { priceOf } from '#erp/items';
import { route } from '../route.ts';

/** Finds the price that holds. */
export const findPrice = route({
  name: 'findPrice',
  summary: 'Finds the price that holds for a quantity, a party and a day, and where it stands.',
  permission: 'items:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const ask = { ...query, item: params.id };
    return { price: (await priceOf(database.kysely, params.entity, ask)) ?? null };
  },
});
