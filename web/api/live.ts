import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { StreamEvent } from '#api-contract';

const OF_RECORDS = [
  'listSuppliers',
  'listItems',
  'listPurchaseOrders',
  'getSupplier',
  'getItem',
  'getPurchaseOrder',
  'listRecordChanges',
  'listQuarantine',
  'getOverview',
];

const forget = (client: QueryClient, names: readonly string[]): void => {
  void client.invalidateQueries({
    predicate: ({ queryKey }) => typeof queryKey[0] === 'string' && names.includes(queryKey[0]),
  });
};

function apply(client: QueryClient, event: StreamEvent): void {
  switch (event.kind) {
    case 'records.changed':
      return forget(client, OF_RECORDS);
    case 'warehouse.loaded':
      return forget(client, ['getOverview', 'suggestQuestions']);
    case 'run.progress':
      client.setQueriesData({ queryKey: ['listRuns'] }, (known: unknown) =>
        withRun(known, event.run),
      );
      if (event.run.status !== 'running') {
        forget(client, [...OF_RECORDS, 'listRuns', 'listIntegrations']);
      }
  }
}

type RunEvent = Extract<StreamEvent, { kind: 'run.progress' }>;

const isRunList = (known: unknown): known is { items: RunEvent['run'][] } =>
  typeof known === 'object' && known !== null && 'items' in known && Array.isArray(known.items);

/** The known runs with one brought up to date, newest first. */
export function withRun(known: unknown, run: RunEvent['run']): unknown {
  if (!isRunList(known)) return known;
  const others = known.items.filter((one) => one.id !== run.id);
  const items = [run, ...others].toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
  return { ...known, items };
}

/** Keeps what is on the screen as fresh as the server's event stream. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stream = new EventSource('/v1/stream');
    const hear = (message: MessageEvent<string>): void => {
      const body: unknown = JSON.parse(message.data);
      const event = StreamEvent.safeParse(body);
      if (event.success) apply(client, event.data);
    };
    for (const kind of ['records.changed', 'warehouse.loaded', 'run.progress']) {
      stream.addEventListener(kind, hear);
    }
    return () => stream.close();
  }, [client]);
}
