import { lazy, Suspense } from 'react';
import type { ComponentType, ReactNode } from 'react';
import type { Permission } from '#api-contract';
import { Waiting } from '../../shared/async.tsx';
import { ButtonLink } from '../../shared/button-link.tsx';
import type { ErpList } from '../../shared/erp-areas.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { NotFound } from '../../shared/not-found.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useEntity } from './entity.ts';

/** What can be begun on a page of its own: who may, and the page, fetched when it is opened first. */
const NEW = {
  'sales-orders': {
    needs: 'sales:write',
    page: lazy(async () => ({
      default: (await import('./orders/new-sales-order.tsx')).NewSalesOrder,
    })),
  },
  'purchase-orders': {
    needs: 'purchasing:write',
    page: lazy(async () => ({
      default: (await import('./orders/new-purchase-order.tsx')).NewPurchaseOrder,
    })),
  },
  'journal-entries': {
    needs: 'ledger:post',
    page: lazy(async () => ({
      default: (await import('./ledger/new-journal-entry.tsx')).NewJournalEntry,
    })),
  },
  customers: {
    needs: 'parties:write',
    page: lazy(async () => ({ default: (await import('./masters/new-party.tsx')).NewCustomer })),
  },
  suppliers: {
    needs: 'parties:write',
    page: lazy(async () => ({ default: (await import('./masters/new-party.tsx')).NewSupplier })),
  },
  items: {
    needs: 'items:write',
    page: lazy(async () => ({ default: (await import('./masters/new-item.tsx')).NewItem })),
  },
  'work-orders': {
    needs: 'production:write',
    page: lazy(async () => ({
      default: (await import('./production/new-work-order.tsx')).NewWorkOrder,
    })),
  },
  quotations: {
    needs: 'sales:write',
    page: lazy(async () => ({
      default: (await import('./quotations/new-quotation.tsx')).NewQuotation,
    })),
  },
  requisitions: {
    needs: 'requisitions:write',
    page: lazy(async () => ({
      default: (await import('./requisitions/new-requisition.tsx')).NewRequisition,
    })),
  },
  agreements: {
    needs: 'items:write',
    page: lazy(async () => ({
      default: (await import('./prices/new-agreement.tsx')).NewAgreement,
    })),
  },
  'price-lists': {
    needs: 'items:write',
    page: lazy(async () => ({
      default: (await import('./prices/new-price-list.tsx')).NewPriceList,
    })),
  },
  'bank-transfers': {
    needs: 'banking:post',
    page: lazy(async () => ({
      default: (await import('./bank/new-transfer.tsx')).NewBankTransfer,
    })),
  },
  projects: {
    needs: 'projects:write',
    page: lazy(async () => ({ default: (await import('./projects/new-project.tsx')).NewProject })),
  },
} as const satisfies Partial<
  Record<ErpList, { readonly needs: Permission; readonly page: ComponentType }>
>;
type NewList = keyof typeof NEW;
const isNew = (list: string): list is NewList => Object.hasOwn(NEW, list);

/** The word in an address that stands where the id of something new is not known yet. */
export const NEW_ID = 'new';

/** A page on which something of a list is begun. */
export function NewPage({ list }: { readonly list: string }): ReactNode {
  if (!isNew(list)) return <NotFound />;
  const { page: Page } = NEW[list];
  return (
    <Suspense fallback={<Waiting rows={8} />}>
      <Page />
    </Suspense>
  );
}

function Begin(props: {
  readonly list: NewList;
  readonly by: Readonly<Record<string, string>>;
}): ReactNode {
  const { list, by } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const may = useMay(NEW[list].needs);
  if (!may) return null;
  return (
    <ButtonLink
      size="sm"
      to="/erp/$list/$id"
      params={{ list, id: NEW_ID }}
      search={{ ...by, entity: code }}
    >
      {t(`erp.new.${list}`)}
    </ButtonLink>
  );
}

/** The way to begin something of a list, for those who may; `by` is what it begins with. */
export function BeginNew(props: {
  readonly list: ErpList;
  readonly by?: Readonly<Record<string, string>>;
}): ReactNode {
  const { list, by = {} } = props;
  return isNew(list) ? <Begin list={list} by={by} /> : null;
}
