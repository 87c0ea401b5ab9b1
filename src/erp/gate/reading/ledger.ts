import { findEntries } from '#erp/ledger/reports';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

/** Journal entries of the legal entity. */
export const readEntries: Reader = async (handle, keys, { code }) =>
  [...(await findEntries(handle, keys)).values()].map((entry) => {
    const period = `${entry.fiscalYear}-${String(entry.period).padStart(2, '0')}`;
    const document = documentOf({ id: entry.id }, { ...entry, period });
    return { of: entry.id, documents: entry.legalEntity === code ? [document] : [] };
  });
