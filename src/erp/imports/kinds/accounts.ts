import { createAccounts, listAccounts, updateAccount } from '#erp/ledger';
import type { Account, AccountDraft } from '#erp/ledger';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused, refusedBy, UNCHANGED } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import { retiredRecords } from '../retired-records.ts';
import type { Row } from '../row.ts';

const FIELDS = fieldsFrom(`
number*            | text 20  | Account, Account number, Number      | Konto, Kontonummer, Sachkonto
name*              | text     | Name, Account name, Description      | Bezeichnung, Kontobezeichnung, Name
nameDe             | text     | German name                          | Deutsche Bezeichnung
kind*              | choice asset=aktiva,aktivkonto,assets liability=passiva,verbindlichkeit,fremdkapital,liabilities equity=eigenkapital income=ertrag,erlös,revenue expense=aufwand,kosten,expenses | Kind, Account type, Type | Art, Kontoart
statementLine*     | text 40  | Statement line, Line                 | Bilanzposition, Position, GuV-Position
controlOf          | choice payable=verbindlichkeiten,kreditoren receivable=forderungen,debitoren stock=bestand,vorräte | Control account of, Reconciliation | Mitbuchkonto, Abstimmkonto
revaluationAccount | text 20  | Revaluation account                  | Bewertungskonto
currency           | currency | Currency                             | Währung
blocked            | flag     | Blocked                              | Gesperrt
`);

/** Accounts of the chart. What stands is renamed or blocked; else it stays as it was made. */
export const accountKind: ImportKind = {
  fields: FIELDS,
  asksOpeningDay: false,
  isWhole: true, // One may name another that stands further down.
  keyOf: (row) => row.text('number') ?? '',
  open: (desk) => Promise.resolve(bookerOf(desk)),
};

const bookerOf =
  (desk: Desk): Booker =>
  async (rows) => {
    const { tx, context } = desk;
    const chart = await listAccounts(tx, context.legalEntity);
    const known = new Map(chart.map((account) => [account.number, account]));
    const numbers = rows.map((row) => row.text('number') ?? '');
    const isRetired = await retiredRecords(desk, 'accounts', numbers);
    const outcomes: Outcome[] = [];
    const fresh: { at: number; draft: AccountDraft }[] = [];
    for (const [at, row] of rows.entries()) {
      const account = known.get(row.text('number') ?? '');
      if (account === undefined) fresh.push({ at, draft: draftOf(row) });
      else outcomes[at] = await changeOne(desk, { account, row, isRetired: isRetired(account) });
    }
    const made = await createAccounts(
      tx,
      context,
      fresh.map(({ draft }) => draft),
    );
    for (const [place, { at }] of fresh.entries()) {
      const result = made[place];
      if (result !== undefined) outcomes[at] = result.ok ? CREATED : refusedBy(result.problem);
    }
    return outcomes;
  };

function draftOf(row: Row): AccountDraft {
  const name = row.text('name') ?? '';
  const [revaluationAccount, currency] = [row.text('revaluationAccount'), row.text('currency')];
  const draft = {
    number: row.text('number') ?? '',
    name: { en: name, de: row.text('nameDe') ?? name },
    kind: row.text('kind') ?? '',
    statementLine: row.text('statementLine') ?? '',
    ...(row.text('controlOf') === undefined ? {} : { controlOf: row.text('controlOf') }),
    ...(revaluationAccount === undefined ? {} : { revaluationAccount }),
    ...(currency === undefined ? {} : { currency }),
    ...(row.flag('blocked') === undefined ? {} : { blocked: row.flag('blocked') }),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- choices are read as such; the ledger looks at the line.
  return draft as AccountDraft;
}

async function changeOne(
  { tx, context }: Desk,
  asked: { readonly account: Account; readonly row: Row; readonly isRetired: boolean },
): Promise<Outcome> {
  const { account, row, isRetired } = asked;
  const draft = draftOf(row);
  const fixed = (['kind', 'statementLine', 'controlOf', 'currency'] as const).find(
    (field) => draft[field] !== undefined && draft[field] !== account[field],
  );
  if (fixed !== undefined) {
    const message = `the ${fixed} of account ${account.number} stays ${account[fixed] ?? 'none'}`;
    return refused('imports.cannot-change', message, fixed);
  }
  const de =
    row.text('nameDe') ?? (draft.name.en === account.name.en ? account.name.de : draft.name.de);
  const name = { en: draft.name.en, de };
  const isRenamed = name.en !== account.name.en || name.de !== account.name.de;
  const blocked = draft.blocked ?? (isRetired ? false : account.blocked);
  const isBlocked = blocked !== account.blocked;
  if (!isRenamed && !isBlocked) return UNCHANGED;
  const result = await updateAccount(tx, context, {
    number: account.number,
    version: account.version,
    ...(isRenamed ? { name } : {}),
    ...(isBlocked ? { blocked } : {}),
  });
  const message = [isRenamed ? 'name' : '', isBlocked ? 'blocked' : ''].filter(Boolean).join(', ');
  return result.ok ? { did: 'changed', message } : refusedBy(result.problem);
}
