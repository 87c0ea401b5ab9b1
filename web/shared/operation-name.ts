import en from '../locales/en.json';
import { useTranslation } from './i18n.ts';

type Known = keyof typeof en.operation;

/** What can be written to a system, as the contract names it. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own keys.
export const OPERATIONS = Object.keys(en.operation) as readonly Known[];

const isKnown = (name: string): name is Known => Object.hasOwn(en.operation, name);

/** Says an operation in words; one that is newer than the pages by its own name. */
export function useOperationName(): (operation: string) => string {
  const { t } = useTranslation();
  return (operation) => (isKnown(operation) ? t(`operation.${operation}`) : operation);
}
