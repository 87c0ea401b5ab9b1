import { useQueryClient } from '@tanstack/react-query';
import type { Query, QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StreamEvent } from '#api-contract';

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

const OF_CONNECTIONS = [
  'listRuns',
  'listIntegrations',
  'getHealthOf',
  'listDrift',
  'listMappingVersions',
  'listSchedules',
  'getSchedule',
  'getLivingCompany',
  'listLegalEntities', // One may have been founded meanwhile.
];

const isOf =
  (names: readonly string[], onlyFirst = false) =>
  ({ queryKey, state }: Query): boolean =>
    names.includes(String(queryKey[0])) && !(onlyFirst && state.data !== undefined);

const forget = (client: QueryClient, names: readonly string[]): void => {
  void client.invalidateQueries({ predicate: isOf(names) });
};

type RunEvent = Extract<StreamEvent, { kind: 'run.progress' }>;
type RunList = { readonly items: readonly RunEvent['run'][] };

const isRunList = (known: unknown): known is RunList =>
  typeof known === 'object' && known !== null && 'items' in known && Array.isArray(known.items);

/** A list of runs with one brought up to date where it is in the list; else as it was. */
export function withRun(known: unknown, run: RunEvent['run']): unknown {
  if (!isRunList(known) || !known.items.some((one) => one.id === run.id)) return known;
  return { ...known, items: known.items.map((one) => (one.id === run.id ? run : one)) };
}

function applyRun(client: QueryClient, run: RunEvent['run'], seen: Set<string>): void {
  client.setQueriesData({ queryKey: ['listRuns'] }, (known: unknown) => withRun(known, run));
  client.setQueryData(['getRun', { params: { id: run.id } }], run);
  const isNew = !seen.has(run.id);
  seen.add(run.id);
  if (run.status !== 'running') {
    const all = [...OF_RECORDS, ...OF_CONNECTIONS];
    // A first answer under way may be of the moment before, and forgetting does not stop it.
    void client.cancelQueries({ predicate: isOf(all, true) }).then(() => forget(client, all));
  } else if (isNew) forget(client, ['listRuns']); // Lists that should hold it ask the server.
}

function apply(client: QueryClient, event: StreamEvent, seen: Set<string>): void {
  switch (event.kind) {
    case 'records.changed':
      return forget(client, OF_RECORDS);
    case 'warehouse.loaded':
      return forget(client, ['getOverview', 'suggestQuestions', 'askQuestion']);
    case 'run.progress':
      return applyRun(client, event.run, seen);
  }
}

/** Keeps what is on the screen as fresh as the server's event stream. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const seen = new Set<string>();
    const stream = new EventSource('/v1/stream');
    const hear = (message: MessageEvent<string>): void => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks its events.
      apply(client, JSON.parse(message.data) as StreamEvent, seen);
    };
    for (const kind of ['records.changed', 'warehouse.loaded', 'run.progress']) {
      stream.addEventListener(kind, hear);
    }
    return () => stream.close();
  }, [client]);
}
