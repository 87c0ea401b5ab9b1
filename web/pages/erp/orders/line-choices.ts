import { useLanguage } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { filled } from '../forms/filled.ts';
import type { Party } from '../forms/party-box.tsx';
import { usualTax, useTradeCodes } from '../forms/trade-codes.ts';
import type { LineDraft, Proposal, Side } from './order-line.ts';

type Option = { readonly value: string; readonly label: string };

/** What the lines of an order may choose among, and begin with. */
export type LineChoices = {
  readonly warehouses: readonly Option[];
  readonly costCentres: readonly Option[];
  readonly taxCodes: readonly Option[];
  readonly usualTax: (line: LineDraft) => string;
  readonly units: readonly Option[]; // What is no item may be counted in any.
  readonly unitName: (unit: string) => string;
};

const isKept = ({ item }: LineDraft): boolean => item !== undefined && item.kind !== 'service';

/** Whether a line needs a place that it is kept at: the warehouse that it begins with. */
export const warehouseOf = (line: LineDraft, { warehouses }: LineChoices): string =>
  line.warehouse ?? (isKept(line) ? (warehouses[0]?.value ?? '') : '');

/** What the lines of an order may choose among. */
export function useLineChoices(of: {
  readonly side: Side;
  readonly party: Party | undefined;
  readonly on: string;
}): LineChoices {
  const { side, party, on } = of;
  const language = useLanguage();
  const { code, country } = useEntity();
  const params = { entity: code };
  const houses = useBooks('listWarehouses', { params }).data?.items ?? [];
  const centres = useBooks('listCostCentres', { params }, { enabled: side === 'purchase' });
  const codes = useTradeCodes(on);
  const taxCodes = codes.taxCodes(side === 'sales' ? 'output' : 'input');
  const isAtHome = party !== undefined && (party.country ?? country) === country;
  return {
    warehouses: houses
      .filter(({ status }) => status === 'active')
      .map(({ id, code: short, name }) => ({ value: id, label: `${short} · ${name}` })),
    costCentres: (centres.data?.items ?? []).map((one) => ({
      value: one.code,
      label: `${one.code} · ${one.name[language]}`,
    })),
    taxCodes,
    usualTax: ({ item }) => usualTax(taxCodes, { itemCode: item?.taxCode, isAtHome }),
    units: codes.units,
    unitName: codes.unitName,
  };
}

/** What a line is sent as: what nobody wrote is left out. */
export function lineBodyOf(
  line: LineDraft,
  { proposal, choices }: { readonly proposal: Proposal | undefined; readonly choices: LineChoices },
) {
  const { item, text, quantity, unit, costCentre, promisedOn } = line;
  const base = proposal?.priceBase ?? '1';
  return {
    ...(item === undefined ? { text: text.trim() } : { item: item.id }),
    quantity: quantity.trim(),
    unit,
    unitPrice: (line.price ?? proposal?.unitPrice ?? '').trim(),
    ...filled({
      priceBase: base === '1' ? '' : base,
      taxCode: line.taxCode ?? choices.usualTax(line),
      warehouse: warehouseOf(line, choices),
      costCentre,
      promisedOn,
    }),
  };
}
