export { readProjects } from './named-projects.ts';
export type { ProjectProblem } from './named-projects.ts';
