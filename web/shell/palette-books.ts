import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Address } from '../api/addresses.ts';
import { useServer } from '../api/ask-server.ts';
import { callAt } from '../api/client.ts';
import { chosenEntity } from '../shared/chosen-entity.ts';
import { AREAS } from '../shared/erp-areas.ts';
import type { ErpList } from '../shared/erp-areas.ts';
import { useTranslation } from '../shared/i18n.ts';
import { useMay } from '../shared/use-may.ts';
import { useUrl } from '../shared/use-url.ts';
import { fitOf } from './hit.ts';
import type { Hit, HitGroup } from './hit.ts';

const BOOKS = '/v1/erp/legal-entities/:entity';
const PER_KIND = 5;
const SHORTEST = 2;

/** Where documents are found whose numbers begin so; each list takes the beginning of a number. */
const SERIES = {
  SO: ['sales-orders', `${BOOKS}/sales-orders`],
  SQ: ['quotations', `${BOOKS}/quotations`],
  CI: ['customer-invoices', `${BOOKS}/customer-invoices`],
  CN: ['customer-invoices', `${BOOKS}/customer-invoices`],
  DN: ['deliveries', `${BOOKS}/deliveries`],
  CP: ['customer-payments', `${BOOKS}/customer-payments`],
  DR: ['dunning-runs', `${BOOKS}/dunning-runs`],
  DU: ['dunning-notices', `${BOOKS}/dunning-notices`],
  SU: ['subscriptions', `${BOOKS}/subscriptions`],
  GR: ['goods-receipts', `${BOOKS}/goods-receipts`],
  SP: ['supplier-payments', `${BOOKS}/supplier-payments`],
  PY: ['payment-runs', `${BOOKS}/payment-runs`],
  PO: ['purchase-orders', `${BOOKS}/purchase-orders`],
  RQ: ['requisitions', `${BOOKS}/requisitions`],
  SI: ['supplier-invoices', `${BOOKS}/supplier-invoices`],
  WO: ['work-orders', `${BOOKS}/work-orders`],
  PJ: ['projects', `${BOOKS}/projects`],
  BT: ['bank-transfers', `${BOOKS}/bank-transfers`],
  JE: ['journal-entries', `${BOOKS}/journal-entries`],
} as const satisfies Readonly<Record<string, readonly [ErpList, string]>>;

const PARTIES: Address<'listParties'> = `GET ${BOOKS}/parties`;
const ITEMS: Address<'listErpItems'> = `GET ${BOOKS}/items`;

type Series = keyof typeof SERIES;
const isSeries = (text: string): text is Series => Object.hasOwn(SERIES, text);

/** The series that a number is of as far as it was typed: 'so-2026' is of SO. */
function seriesOf(text: string): Series | undefined {
  const letters = /^(?<letters>[A-Za-z]{2})(-[\d-]*)?$/.exec(text)?.groups?.['letters'];
  const series = letters?.toUpperCase() ?? '';
  return isSeries(series) ? series : undefined;
}

/** The legal entity whose books are looked into: the one that is open, or was last. */
function useLookedInto(): string | undefined {
  const may = useMay('company:read');
  const [{ entity }] = useUrl();
  const items = useServer('listLegalEntities', {}, { enabled: may }).data?.items ?? [];
  return chosenEntity(items, entity)?.code;
}

function useOpen(entity: string | undefined): (list: ErpList, id?: string) => () => void {
  const navigate = useNavigate();
  const search = entity === undefined ? {} : { entity };
  return (list, id) => () => {
    void (id === undefined
      ? navigate({ to: '/erp/$list', params: { list }, search })
      : navigate({ to: '/erp/$list/$id', params: { list, id }, search }));
  };
}

/** Documents by the beginning of their number. */
function useDocumentHits(entity: string | undefined, wanted: string): readonly Hit[] {
  const open = useOpen(entity);
  const series = seriesOf(wanted);
  const [list, path] = SERIES[series ?? 'SO'];
  const found = useQuery({
    queryKey: ['palette-documents', entity, wanted],
    queryFn: ({ signal }) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rows of all these lists have an id and a number, and all are asked for by the beginning of it.
      callAt<'listSalesOrders'>(`GET ${path}` as Address<'listSalesOrders'>, {
        params: { entity: entity ?? '' },
        query: { number: wanted.toUpperCase(), limit: PER_KIND },
        signal,
      }),
    enabled: entity !== undefined && series !== undefined && wanted.length > SHORTEST,
    retry: false,
  });
  return (found.data?.items ?? []).map(({ id, number }) => ({
    id,
    label: number,
    note: entity,
    go: open(list, id),
  }));
}

type Role = 'customer' | 'supplier';

/** Customers or suppliers of the books by name or number. */
function usePartyHits(role: Role, entity: string | undefined, search: string): readonly Hit[] {
  const open = useOpen(entity);
  const may = useMay('parties:read');
  const found = useQuery({
    queryKey: ['palette-parties', role, entity, search],
    queryFn: ({ signal }) =>
      callAt<'listParties'>(PARTIES, {
        params: { entity: entity ?? '' },
        query: { role, search, limit: PER_KIND },
        signal,
      }),
    enabled: may && entity !== undefined && search.length >= SHORTEST,
  });
  return (found.data?.items ?? []).map(({ id, name, number }) => ({
    id,
    label: name,
    note: number,
    go: open(`${role}s`, id),
  }));
}

/** Items of the books by name or number. */
function useItemHits(entity: string | undefined, search: string): readonly Hit[] {
  const open = useOpen(entity);
  const may = useMay('items:read');
  const found = useQuery({
    queryKey: ['palette-items', entity, search],
    queryFn: ({ signal }) =>
      callAt<'listErpItems'>(ITEMS, {
        params: { entity: entity ?? '' },
        query: { search, limit: PER_KIND },
        signal,
      }),
    enabled: may && entity !== undefined && search.length >= SHORTEST,
  });
  return (found.data?.items ?? []).map(({ id, name, number }) => ({
    id,
    label: name,
    note: number,
    go: open('items', id),
  }));
}

/** What of the books a text can lead to: their pages, documents by number, partners and items. */
export function useBooksHits(wanted: string, search: string): readonly HitGroup[] {
  const { t } = useTranslation();
  const allowed = useServer('getSession').data?.permissions ?? [];
  const entity = useLookedInto();
  const open = useOpen(entity);
  const documents = useDocumentHits(entity, search);
  const customers = usePartyHits('customer', entity, search);
  const suppliers = usePartyHits('supplier', entity, search);
  const items = useItemHits(entity, search);
  if (entity === undefined || wanted === '') return [];
  const pages = AREAS.flatMap(({ name, lists }) =>
    lists
      .filter(({ needs }) => allowed.includes(needs))
      .map((list) => ({
        id: `erp-${list.name}`,
        label: t(`erp.list.${list.name}`),
        note: t(`erp.area.${name}`),
        go: open(list.name),
      })),
  ).filter(({ label }) => fitOf(label, wanted) > 0);
  return [
    { title: t('erp.palette.pages'), hits: pages },
    { title: t('erp.palette.documents'), hits: documents },
    { title: t('erp.list.customers'), hits: customers },
    { title: t('erp.palette.suppliers'), hits: suppliers },
    { title: t('erp.palette.items'), hits: items },
  ];
}
