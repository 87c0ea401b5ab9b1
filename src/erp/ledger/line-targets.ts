import { rows, sql } from '#database';
import type { Handle } from '#database';
import { readProjects } from '#erp/company/projects';
import { taxCodes } from '#erp/company/tax';

/** What a line of an order names of the books. */
type Naming = {
  readonly account?: string | undefined;
  readonly costCentre?: string | undefined;
  readonly taxCode?: string | undefined;
  readonly project?: string | undefined;
};

/** What is wrong with what a line names. Undefined: nothing. */
export type TargetProblem = (
  line: Naming,
) => { readonly field: string; readonly message: string } | undefined;

type Target = { readonly kind: 'account' | 'cost-centre'; readonly code: string };

/**
 * Reads what these lines name of the books, so that an order is refused for what its receipt,
 * delivery or invoice would be: nobody can change it any more once goods have moved.
 */
export async function readTargets(
  handle: Handle,
  of: { readonly legalEntity: string; readonly direction: 'input' | 'output' },
  lines: readonly Naming[],
): Promise<TargetProblem> {
  const { legalEntity, direction } = of;
  const accounts = lines.flatMap(({ account }) => account ?? []);
  const centres = lines.flatMap(({ costCentre }) => costCentre ?? []);
  const codes = lines.flatMap(({ taxCode }) => taxCode ?? []);
  const [targets, taxes, projectProblem] = await Promise.all([
    accounts.length + centres.length === 0
      ? []
      : rows<Target>(
          handle,
          sql`select 'account' as kind, number as code from erp_ledger.account
              where legal_entity = ${legalEntity} and number = any(${accounts}::text[])
                and control_of is null and not blocked
            union all
            select 'cost-centre', code from erp_ledger.cost_centre
              where legal_entity = ${legalEntity} and code = any(${centres}::text[])`,
        ),
    codes.length === 0 ? [] : taxCodes(handle, { legalEntity, codes: [...new Set(codes)] }),
    readProjects(handle, legalEntity, lines),
  ]);
  const has = (kind: Target['kind'], code: string): boolean =>
    targets.some((each) => each.kind === kind && each.code === code);
  return ({ account, costCentre, taxCode, project }) => {
    if (account !== undefined && !has('account', account)) {
      const message = `there is no account ${account} that a line may name`;
      return { field: 'account', message };
    }
    if (costCentre !== undefined && !has('cost-centre', costCentre)) {
      return { field: 'costCentre', message: `there is no cost centre ${costCentre}` };
    }
    const wrong = projectProblem(project);
    if (wrong !== undefined) return { field: 'project', message: wrong };
    const isTax = taxes.some((each) => each.code === taxCode && each.direction === direction);
    return taxCode === undefined || isTax
      ? undefined
      : { field: 'taxCode', message: `there is no ${direction} tax ${taxCode}` };
  };
}
