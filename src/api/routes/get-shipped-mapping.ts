import { route } from '../route.ts';

/** Shows a mapping that ships with Rialto, to begin one's own from. */
export const getShippedMapping = route({
  name: 'getShippedMapping',
  summary: "Shows a mapping that ships with Rialto, to begin one's own from.",
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-pack'],
  handle: ({ params }, { mappings }) => mappings.shipped(params.name),
});
