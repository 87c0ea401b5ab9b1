import { ROUTES } from '#api-contract';
import { readTruth } from '#living-company';
import { route } from '../route.ts';

/** Founds a company in the embedded ERP and begins to write its history. */
const simulateCompany = route({
  name: 'simulateCompany',
  summary: 'Founds a company that follows from a seed, and begins to write its history.',
  permission: 'company:write',
  audit: { around: 'living-company.founded' },
  errors: ['living-company.books-exist', 'main.simulation-running'],
  handle: ({ body, principal }, { livingCompany }) => livingCompany.simulate(body, principal.name),
});

/** Says how the company stands, and how far the writing of its history is. */
const getLivingCompany = route({
  name: 'getLivingCompany',
  summary: 'Says how the company that lives here stands, and how far its history is written.',
  permission: 'company:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: (_, { livingCompany }) => livingCompany.stand(),
});

/** Stops the writing of a history; the company rests where it is. */
const cancelSimulation = route({
  name: 'cancelSimulation',
  summary: 'Stops writing a history at the end of a month; the company rests where it is.',
  permission: 'company:write',
  audit: { around: 'living-company.cancelled' },
  errors: [],
  handle: (_, { livingCompany }) => livingCompany.cancel(),
});

/** Lets the company trade in real time, or rest. */
const setLivingCompany = route({
  name: 'setLivingCompany',
  summary: 'Lets the company trade in real time from where it stands, or rest.',
  permission: 'company:write',
  audit: { around: 'living-company.changed' },
  errors: ['living-company.none', 'living-company.other-world', 'living-company.unfinished'],
  handle: ({ body }, { livingCompany }) => livingCompany.setLive(body.isLive),
});

/** Lists what is odd in the company's books. */
const listOddities = route({
  name: 'listOddities',
  summary: "Lists what is odd in the company's books and why, so that detectors can be scored.",
  permission: 'company:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async ({ query }, { database }) => {
    const { after, limit } = query;
    const found = await readTruth(database.kysely, { after, limit });
    const next = found.length === limit ? found.at(-1)?.sequence : undefined;
    const { items } = ROUTES.listOddities.reply.parse({
      items: found.map(({ line }): unknown => JSON.parse(line)),
    });
    return { items, ...(next === undefined ? {} : { next }) };
  },
});

/** Routes about the company that lives in the embedded ERP. */
export const LIVING_COMPANY_ROUTES = [
  simulateCompany,
  getLivingCompany,
  cancelSimulation,
  setLivingCompany,
  listOddities,
];
