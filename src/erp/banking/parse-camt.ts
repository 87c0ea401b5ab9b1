import { SaxesParser } from 'saxes';
import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { compareDecimals, negateDecimal, parseDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { parseLocalDate } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { BankingProblemCode } from './errors.ts';
import type { StatementDraft, StatementLineDraft } from './statement.ts';

/** An element, with what stands in it. */
type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
};

/** How much a file may hold: what is longer, deeper or larger is refused, not read. */
export type CamtLimits = {
  readonly charactersMax: number;
  readonly depthMax: number;
  readonly entryElementsMax: number; // Of one statement line: collective bookings have many.
  readonly linesMax: number;
};

const LIMITS: CamtLimits = {
  charactersMax: 64_000_000,
  depthMax: 40,
  entryElementsMax: 200_000,
  linesMax: 200_000,
};

/** Why a file cannot be read; it never leaves this file. */
class Unreadable extends Error {}

/**
 * The statements of a CAMT.053 file (ISO 20022, any version), booked lines only. It may declare no
 * document type, so no entity of its own: nothing is fetched and nothing grows.
 */
export function parseCamt(
  text: string,
  limits: CamtLimits = LIMITS,
): Result<readonly StatementDraft[], BankingProblemCode> {
  try {
    if (text.length > limits.charactersMax) throw new Unreadable('it is too large');
    const statements = readStatements(text, limits);
    if (statements.length === 0) throw new Unreadable('it holds no bank-to-customer statement');
    return accept(statements);
  } catch (error) {
    if (error instanceof Unreadable) return refuse('banking.unreadable', error.message);
    throw error;
  }
}

function readStatements(
  text: string,
  { depthMax, entryElementsMax, linesMax }: CamtLimits,
): readonly StatementDraft[] {
  const statements: StatementDraft[] = [];
  const open: Element[] = [];
  let lines: StatementLineDraft[] = [];
  let elements = 0;
  const parser = new SaxesParser();
  parser.on('doctype', () => fail('it declares a document type'));
  parser.on('error', (error) => fail(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (open.length >= depthMax) fail('it is too deep');
    if (elements > entryElementsMax) fail('a line of it is too large');
    const element = { name: localOf(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const add = (more: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element?.name === 'Ntry') {
      open.at(-1)?.children.pop(); // It has been read: nothing of it is kept.
      lines.push(...linesOf(element));
      elements = 0;
      if (lines.length > linesMax) fail('it has too many lines');
    }
    if (element?.name !== 'Stmt') return;
    statements.push(statementOf(element, lines));
    lines = [];
  });
  parser.write(text).close();
  return statements;
}

function fail(why: string): never {
  throw new Unreadable(why);
}

const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

function find(element: Element | undefined, path: string): Element | undefined {
  let found = element;
  for (const name of path.split('/')) found = found?.children.find((each) => each.name === name);
  return found;
}

function textOf(element: Element | undefined, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = find(element, path)?.text.trim();
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

function statementOf(statement: Element, lines: readonly StatementLineDraft[]): StatementDraft {
  const account = textOf(statement, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id');
  const reference = textOf(statement, 'Id');
  if (account === undefined || reference === undefined) return fail('a statement names no account');
  const opening = balanceOf(statement, ['OPBD', 'PRCD']);
  const closing = balanceOf(statement, ['CLBD']);
  const days = lines.map(({ bookedOn }) => bookedOn).toSorted();
  const toOn = dayOf(statement, 'FrToDt/ToDtTm', 'FrToDt/ToDt') ?? closing.on;
  const fromOn = dayOf(statement, 'FrToDt/FrDtTm', 'FrToDt/FrDt') ?? days[0] ?? toOn;
  const first = days[0] ?? fromOn;
  const last = days.at(-1) ?? toOn;
  return {
    account,
    ...(closing.currency === undefined ? {} : { currency: closing.currency }),
    reference,
    source: 'camt.053',
    fromOn: first < fromOn ? first : fromOn,
    toOn: last > toOn ? last : toOn,
    opening: opening.amount,
    closing: closing.amount,
    lines: told(lines),
  };
}

function balanceOf(statement: Element, codes: readonly string[]) {
  const balances = statement.children.filter(({ name }) => name === 'Bal');
  for (const code of codes) {
    const found = balances.find((each) => textOf(each, 'Tp/CdOrPrtry/Cd') === code);
    const on = dayOf(found, 'Dt/Dt', 'Dt/DtTm');
    if (found === undefined || on === undefined) continue;
    return { amount: signedOf(found), currency: find(found, 'Amt')?.attributes['Ccy'], on };
  }
  return fail(`a statement has no balance ${codes[0]}`);
}

function dayOf(element: Element | undefined, ...paths: readonly string[]): LocalDate | undefined {
  return parseLocalDate(textOf(element, ...paths)?.slice(0, 10) ?? '');
}

function amountOf(element: Element | undefined, path: string): Decimal | undefined {
  return parseDecimal(textOf(element, path) ?? '');
}

function signedOf(element: Element, path = 'Amt'): Decimal {
  const amount = amountOf(element, path) ?? fail('an amount is none');
  return textOf(element, 'CdtDbtInd') === 'DBIT' ? negateDecimal(amount) : amount;
}

/** The lines that a booked entry makes: one, or one for each of its transactions. */
function linesOf(entry: Element): readonly StatementLineDraft[] {
  const status = textOf(entry, 'Sts/Cd', 'Sts') ?? 'BOOK';
  if (status !== 'BOOK') return []; // Pending or for information: not in the balances.
  const bookedOn = dayOf(entry, 'BookgDt/Dt', 'BookgDt/DtTm', 'ValDt/Dt', 'ValDt/DtTm');
  if (bookedOn === undefined) return fail('a line names no day');
  const valueOn = dayOf(entry, 'ValDt/Dt', 'ValDt/DtTm') ?? bookedOn;
  const whole = signedOf(entry);
  const reference = textOf(entry, 'AcctSvcrRef'); // NtryRef is once a statement, not once an account.
  const details = entry.children.filter(({ name }) => name === 'NtryDtls');
  const all = details.flatMap(({ children }) => children.filter(({ name }) => name === 'TxDtls'));
  const amounts = all.map((each) => amountOf(each, 'Amt') ?? amountOf(each, 'AmtDtls/TxAmt/Amt'));
  const isDebit = textOf(entry, 'CdtDbtInd') === 'DBIT';
  const parts = amounts.map((amount, at) => {
    const other = textOf(all[at], 'CdtDbtInd') ?? (isDebit ? 'DBIT' : 'CRDT');
    return amount === undefined || other !== 'DBIT' ? amount : negateDecimal(amount);
  });
  const known = parts.flatMap((part) => part ?? []);
  const isSplit =
    all.length > 1 &&
    known.length === all.length &&
    compareDecimals(sumDecimals(known), whole) === 0;
  if (!isSplit) {
    const more = aboutOf(all.length === 1 ? all[0] : undefined, entry, isDebit);
    return [{ bookedOn, valueOn, amount: whole, ...referenceOf(reference), ...more }];
  }
  return all.map((each, at) => ({
    bookedOn,
    valueOn,
    amount: known[at] ?? whole,
    ...referenceOf(reference, `/${at + 1}`),
    ...aboutOf(each, entry, isDebit),
  }));
}

const NO_REFERENCE = new Set(['NONREF', 'NOTPROVIDED']);

const referenceOf = (reference: string | undefined, part = '') =>
  reference === undefined || NO_REFERENCE.has(reference)
    ? {}
    : { reference: `${reference}${part}` };

/** Lines that share a reference are counted: the bank may book several under one. */
function told(lines: readonly StatementLineDraft[]): readonly StatementLineDraft[] {
  const seen = new Map<string, number>();
  return lines.map((line) => {
    if (line.reference === undefined) return line;
    const times = (seen.get(line.reference) ?? 0) + 1;
    seen.set(line.reference, times);
    return times === 1 ? line : { ...line, reference: `${line.reference}#${times}` };
  });
}

/** Who is on the other side, and what the payment says of itself. */
function aboutOf(transaction: Element | undefined, entry: Element, isDebit: boolean) {
  const other = isDebit ? 'Cdtr' : 'Dbtr';
  const endToEnd = textOf(transaction, 'Refs/EndToEndId');
  const parties = find(transaction, 'RltdPties');
  const name = textOf(parties, `${other}/Nm`, `${other}/Pty/Nm`);
  const iban = textOf(parties, `${other}Acct/Id/IBAN`);
  const said = (find(transaction, 'RmtInf')?.children ?? []).flatMap((each) => {
    if (each.name === 'Ustrd') return [each.text.trim()];
    return textOf(each, 'CdtrRefInf/Ref') ?? [];
  });
  const remittance = said.join(' ') || textOf(entry, 'AddtlNtryInf');
  return {
    ...(endToEnd === undefined || endToEnd === 'NOTPROVIDED' ? {} : { endToEndId: endToEnd }),
    ...(name === undefined ? {} : { counterparty: name }),
    ...(iban === undefined ? {} : { counterpartyIban: iban }),
    ...(remittance === undefined ? {} : { remittance }),
  };
}
