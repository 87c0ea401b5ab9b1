import { rows, sql } from '#database';
import type { Handle } from '#database';

/** What is wrong with a project that a line names. Undefined: nothing, or it names none. */
export type ProjectProblem = (project: string | undefined) => string | undefined;

/** Reads the projects that lines name: a line may name one of its legal entity that is not closed. */
export async function readProjects(
  handle: Handle,
  legalEntity: string,
  lines: readonly { readonly project?: string | undefined }[],
): Promise<ProjectProblem> {
  const asked = [...new Set(lines.flatMap(({ project }) => project ?? []))];
  if (asked.length === 0) return () => undefined;
  const found = await rows<{ id: string; number: string; isOpen: boolean }>(
    handle,
    sql`select id, number, is_open as "isOpen" from erp_company.project
      where id = any(${asked}) and legal_entity = ${legalEntity}`,
  );
  const byId = new Map(found.map((each) => [each.id, each]));
  return (project) => {
    if (project === undefined) return undefined;
    const one = byId.get(project);
    if (one === undefined) return `there is no project ${project}`;
    return one.isOpen ? undefined : `project ${one.number} was closed or cancelled`;
  };
}
