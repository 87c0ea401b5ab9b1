import type { JsonObject } from '#kernel';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { COLLECTIONS, idOf } from './document.ts';
import type { Collection, ErpDocument } from './document.ts';
import type { Booking, Ledger } from './ledger.ts';
import { linesOf, newFields, orderFields, receivedInto, textIn } from './make-fields.ts';
import type { Find } from './make-fields.ts';
import type { OrderBody } from './request-body.ts';
import { CancellationBody, CHANGE } from './request-body.ts';
import { invalid, Refusal } from './refusal.ts';

type Shelf = {
  readonly documents: ErpDocument[];
  readonly places: Map<string, number>;
  readonly references: Map<string, Set<string>>;
};
type Entry = Pick<Booking, 'action' | 'collection' | 'document'> & {
  readonly reference: string | undefined;
  readonly order?: ErpDocument;
};

/** What the ERP holds, and the only ways to change it: each writes the ledger first. */
export class Books {
  readonly #shelves: ReadonlyMap<Collection, Shelf>;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  #lastMs = 0;

  /** Begins with a company and what the ledger says was booked since. */
  constructor(options: {
    readonly company: Readonly<Partial<Record<Collection, readonly ErpDocument[]>>>;
    readonly ledger: Ledger;
    readonly clock: Clock;
  }) {
    const { company, ledger, clock } = options;
    this.#shelves = new Map(COLLECTIONS.map((name) => [name, shelfOf(company[name] ?? [])]));
    this.#ledger = ledger;
    this.#clock = clock;
    for (const booking of ledger.bookings) this.#take(booking);
  }

  /** Sorted by id. */
  all(collection: Collection): readonly ErpDocument[] {
    return this.#shelf(collection).documents;
  }

  find(collection: Collection, id: string): ErpDocument | undefined {
    const { documents, places } = this.#shelf(collection);
    return documents[places.get(id) ?? -1];
  }

  carrying(collection: Collection, reference: string): readonly ErpDocument[] {
    const ids = [...(this.#shelf(collection).references.get(reference) ?? [])];
    return ids.flatMap((id) => this.find(collection, id) ?? []);
  }

  /** All of them or, when one is refused, none. */
  create(collection: Collection, bodies: readonly unknown[]): readonly ErpDocument[] {
    const first = this.all(collection).length + 1;
    const find: Find = (where, id) => this.find(where, id);
    const made = bodies.map((body, at) => newFields(collection, body, first + at, find));
    return made.map(({ fields, reference }, at) => {
      const document: ErpDocument = {
        id: idOf(collection, first + at),
        version: '1',
        changedAt: this.#now(),
        ...(reference === undefined ? {} : { externalReference: reference }),
        changeReferences: [],
        fields,
      };
      const order = collection === 'goods-receipts' ? this.#receiving(fields, '') : {};
      return this.#book({ action: 'create', collection, document, reference, ...order });
    });
  }

  change(collection: Collection, id: string, body: unknown, ifMatch?: string): ErpDocument {
    if (!(collection in CHANGE)) {
      throw new Refusal(405, 'METHOD', `${collection} are not changed, only cancelled`);
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above looked.
    const parsed = CHANGE[collection as keyof typeof CHANGE].safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalid(issue?.message ?? 'not understood', issue?.path.join('.'));
    }
    const before = this.#target(collection, id, ifMatch);
    const { externalReference: reference, ...given } = parsed.data;
    const merged = { ...before.fields, ...given };
    const fields =
      collection === 'purchase-orders' ? this.#changedOrder(before, merged, given) : merged;
    const document = next(before, fields, reference, this.#now());
    return this.#book({ action: 'change', collection, document, reference });
  }

  cancel(collection: Collection, id: string, body: unknown, ifMatch?: string): ErpDocument {
    if (collection === 'suppliers' || collection === 'items') {
      throw new Refusal(405, 'METHOD', `${collection} are not cancelled`);
    }
    const parsed = CancellationBody.safeParse(body ?? {});
    if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? 'not understood');
    const { externalReference: reference } = parsed.data;
    const before = this.#target(collection, id, ifMatch);
    const status = collection === 'goods-receipts' ? 'REVERSED' : 'CANCELLED';
    if (before.fields['status'] === status) {
      throw new Refusal(409, 'ALREADY_CANCELLED', `${id} is ${status} already`);
    }
    const order = collection === 'goods-receipts' ? this.#receiving(before.fields, '-') : {};
    const document = next(before, { ...before.fields, status }, reference, this.#now());
    return this.#book({ action: 'cancel', collection, document, reference, ...order });
  }

  /** Someone works in the ERP itself. */
  edit(collection: Collection, id: string, fields: JsonObject): ErpDocument {
    const before = this.#target(collection, id, undefined);
    const document = next(before, { ...before.fields, ...fields }, undefined, this.#now());
    return this.#book({ action: 'change', collection, document, reference: undefined });
  }

  #book({ action, collection, document, reference, order }: Entry): ErpDocument {
    const amount = document.fields['netAmount'];
    const booking = this.#ledger.append({
      at: document.changedAt,
      action,
      collection,
      id: document.id,
      ...(reference === undefined ? {} : { reference }),
      ...(typeof amount === 'string' ? { amount } : {}),
      document,
      ...(order === undefined ? {} : { order }),
    });
    this.#take(booking);
    return document;
  }

  #take({ collection, document, order }: Booking): void {
    put(this.#shelf(collection), document);
    if (order !== undefined) put(this.#shelf('purchase-orders'), order);
  }

  #shelf(collection: Collection): Shelf {
    return this.#shelves.get(collection) ?? shelfOf([]);
  }

  /** Never twice the same, so that what was changed later sorts later. */
  #now(): string {
    this.#lastMs = Math.max(this.#lastMs + 1, millisecondsOf(this.#clock()));
    return instantOf(this.#lastMs);
  }

  #target(collection: Collection, id: string, ifMatch: string | undefined): ErpDocument {
    const document = this.find(collection, id);
    if (document === undefined) throw new Refusal(404, 'NOT_FOUND', `there is no ${id}`);
    if (ifMatch !== undefined && ifMatch !== document.version) {
      throw new Refusal(412, 'VERSION', `${id} is at version ${document.version}`);
    }
    return document;
  }

  #receiving(receipt: JsonObject, sign: '' | '-'): { order?: ErpDocument } {
    const order = this.find('purchase-orders', textIn(receipt, 'purchaseOrderId'));
    if (order === undefined) return {};
    const fields = receivedInto(order.fields, receipt, sign);
    return { order: next(order, fields, undefined, this.#now()) };
  }

  #changedOrder(before: ErpDocument, merged: object, given: object): JsonObject {
    const { fields } = before;
    if (fields['status'] === 'CANCELLED') throw invalid('the order is cancelled');
    const amount = 'lines' in given && !('netAmount' in given) ? { netAmount: undefined } : {};
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own fields, and parsed ones.
    const body = { ...merged, ...amount } as unknown as OrderBody;
    const made = orderFields(body, textIn(fields, 'orderNumber'), (where, id) =>
      this.find(where, id),
    );
    const earlier = new Map(linesOf(fields).map((line) => [line['lineNumber'], line]));
    const lines = linesOf(made).map((line) => ({
      ...line,
      receivedQuantity: earlier.get(line['lineNumber'])?.['receivedQuantity'] ?? '0',
    }));
    return { ...made, status: fields['status'], lines };
  }
}

function next(
  document: ErpDocument,
  fields: JsonObject,
  reference: string | undefined,
  changedAt: string,
): ErpDocument {
  const { changeReferences, version } = document;
  return {
    ...document,
    version: String(Number(version) + 1),
    changedAt,
    changeReferences: reference === undefined ? changeReferences : [...changeReferences, reference],
    fields,
  };
}

function shelfOf(documents: readonly ErpDocument[]): Shelf {
  const places = new Map(documents.map(({ id }, at) => [id, at]));
  return { documents: [...documents], places, references: new Map() };
}

function put(shelf: Shelf, document: ErpDocument): void {
  const place = shelf.places.get(document.id) ?? shelf.documents.length;
  shelf.documents[place] = document;
  shelf.places.set(document.id, place);
  const { externalReference, changeReferences } = document;
  for (const reference of [externalReference, ...changeReferences]) {
    if (reference === undefined) continue;
    const ids = shelf.references.get(reference) ?? new Set();
    shelf.references.set(reference, ids.add(document.id));
  }
}
