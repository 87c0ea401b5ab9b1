import type { Permission } from '#api-contract';
import { useServer } from '../api/ask-server.ts';

/** Whether the reader may do something; the server decides again when it is done. */
export function useMay(permission: Permission): boolean {
  return useServer('getSession').data?.permissions.includes(permission) ?? false;
}
