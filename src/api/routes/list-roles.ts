import { permissionsOf, ROLES } from '#access';
import { PERMISSIONS, RoleName } from '#api-contract';
import { route } from '../route.ts';

/** Lists the roles and what each allows. */
export const listRoles = route({
  name: 'listRoles',
  summary: 'Lists the roles and what each allows.',
  permission: 'people:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: () =>
    Promise.resolve({
      items: RoleName.options.map((name) => ({
        name,
        title: ROLES[name].title,
        permissions: PERMISSIONS.filter((each) => permissionsOf(name).includes(each)),
      })),
    }),
});
