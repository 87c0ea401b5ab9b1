import { route } from '../route.ts';

/** Says how a connection is doing, and why. */
export const getHealthOf = route({
  name: 'getHealthOf',
  summary: 'Says how a connection is doing, and why.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: ({ params }, { health }) => health.of(params.name),
});
