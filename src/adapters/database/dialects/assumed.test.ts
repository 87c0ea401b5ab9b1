/**
 * SQL Server and Oracle: no server was to be had. What is held here is the language they are spoken
 * to in, the real drivers' settings, and how their errors are read.
 */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readCell } from '../cell.ts';
import type { Column } from '../column.ts';
import type { Dialect, SignIn } from '../dialect.ts';
import { layOut } from '../layout.ts';
import { parseDatabaseProfile } from '../profile/profile.ts';
import { readPage } from '../read-page.ts';
import { raw, sql, statementOf, value } from '../sql.ts';
import type { Sql } from '../sql.ts';
import { attributesOf, failureOf as oracleFailure, oracle } from './oracle.ts';
import { configOf, failureOf as serverFailure, sqlserver } from './sqlserver.ts';

const PLACEHOLDERS = { sqlserver: '@p', oracle: ':' };

const printed = (dialect: Dialect, of: Sql): string => {
  const mark = dialect.name === 'oracle' ? PLACEHOLDERS.oracle : PLACEHOLDERS.sqlserver;
  const { text, values } = statementOf(of, (at) => `${mark}${at}`);
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  return values.length === 0 ? plain : `${plain} ← ${JSON.stringify(values)}`;
};

const column = (dialect: Dialect, name: string, type: string, base = type): Column =>
  dialect.readColumn([name, type, '0', null, '0', base]);

const profile = parseDatabaseProfile({
  name: 'orders',
  version: 1,
  title: 'Orders',
  entities: {
    orders: {
      table: 'erp.ORDERS',
      key: ['ID'],
      changes: { by: 'watermark', column: 'CHANGED', overlap: 60 },
      children: [{ as: 'lines', table: 'erp.LINES', on: { ORDER_ID: 'ID' }, order: ['NO'] }],
    },
  },
});

/** What is asked of a server to read the page after order 7, answered with one order. */
async function asked(
  dialect: Dialect,
  tables: Readonly<Record<string, readonly (readonly (string | null)[])[]>>,
): Promise<string[]> {
  const said: string[] = [];
  const session = {
    server: '',
    encrypted: false,
    rows: async (of: Sql) => {
      const text = printed(dialect, of);
      const catalog = /"(ORDERS|LINES)"\]$/.exec(text)?.[1];
      if (catalog !== undefined && /sys\.|all_/.test(text)) {
        return await Promise.resolve(tables[catalog] ?? []);
      }
      said.push(text);
      return await Promise.resolve(
        text.includes('LINES') ? [] : [['8', '8', '2026-01-01 00:00:00']],
      );
    },
    run: async () => await Promise.resolve(0),
    begin: async () => await Promise.resolve(),
    commit: async () => await Promise.resolve(),
    rollback: async () => await Promise.resolve(),
    end: async () => await Promise.resolve(),
  };
  const { orders } = profile.entities;
  if (orders === undefined) throw new Error('the profile has orders');
  const line = {
    profile,
    dialect,
    session,
    slots: 'none',
    open: async () => await Promise.resolve(session),
    signIn: async () => await Promise.resolve(signIn()),
  };
  const layout = await layOut(line, orders);
  await readPage(line, { layout, where: [], by: 'key', after: { key: ['7'] }, rows: 2 });
  return said;
}

test('a page is asked of SQL Server by names in brackets, in the columns own types, by key', async () => {
  const tables = {
    ORDERS: [
      ['ID', 'bigint', '0', '0', '0', 'bigint'],
      ['CHANGED', 'datetime2(7)', '0', '7', '0', 'datetime2'],
    ],
    LINES: [
      ['ORDER_ID', 'bigint', '0', '0', '0', 'bigint'],
      ['NO', 'int', '0', '0', '0', 'int'],
      ['PRICE', 'decimal(18,4)', '1', '4', '0', 'decimal'],
    ],
  };
  expect(await asked(sqlserver, tables)).toEqual([
    'select convert(varchar(50), h.[ID]) as h0, convert(varchar(50), h.[ID]) as h1, convert(varchar(30), h.[CHANGED], 121) as h2 from [erp].[ORDERS] h where (1 = 1 and h.[ID] > convert(bigint, @p1)) order by h.[ID] offset 0 rows fetch next 3 rows only ← ["7"]',
    'select convert(varchar(50), h.[ID]) as h0, convert(varchar(50), c.[ORDER_ID]) as c0, convert(varchar(50), c.[NO]) as c1, convert(varchar(50), c.[PRICE]) as c2 from [erp].[LINES] c join [erp].[ORDERS] h on c.[ORDER_ID] = h.[ID] where ((1 = 1 and h.[ID] > convert(bigint, @p1)) and h.[ID] <= convert(bigint, @p2) and 1 = 1) order by h.[ID], c.[NO] offset 0 rows fetch next 100001 rows only ← ["7","8"]',
  ]);
});

test('a page is asked of Oracle by names in quotes, numbers and times written out by formats', async () => {
  const tables = {
    ORDERS: [
      ['ID', 'NUMBER', '0', '0', '0'],
      ['CHANGED', 'TIMESTAMP(6)', '0', null, '0'],
    ],
    LINES: [
      ['ORDER_ID', 'NUMBER', '0', '0', '0'],
      ['NO', 'NUMBER', '0', '0', '0'],
      ['NOTE', 'CLOB', '1', null, '1'],
    ],
  };
  const number = (name: string): string =>
    `to_char(${name}, 'TM9', 'NLS_NUMERIC_CHARACTERS=''.,''')`;
  expect(await asked(oracle, tables)).toEqual([
    `select ${number('h."ID"')} as h0, ${number('h."ID"')} as h1, to_char(h."CHANGED", 'YYYY-MM-DD HH24:MI:SS.FF') as h2 from "erp"."ORDERS" h where (1 = 1 and h."ID" > to_number(:1)) order by h."ID" fetch first 3 rows only ← ["7"]`,
    `select ${number('h."ID"')} as h0, ${number('c."ORDER_ID"')} as c0, ${number('c."NO"')} as c1, substr(c."NOTE", 1, 1000001) as c2 from "erp"."LINES" c join "erp"."ORDERS" h on c."ORDER_ID" = h."ID" where ((1 = 1 and h."ID" > to_number(:1)) and h."ID" <= to_number(:2) and 1 = 1) order by h."ID", c."NO" fetch first 100001 rows only ← ["7","8"]`,
  ]);
});

test('values are written in the way of each type, and looked back from by the overlap', () => {
  const both = (dialect: Dialect, of: Column): string => {
    const own = dialect.valueOf(of, value('x'), 'compare');
    return `${printed(dialect, own)} | ${printed(dialect, dialect.before(of, raw('v'), 60))}`;
  };
  const server = (type: string, base?: string): string =>
    both(sqlserver, column(sqlserver, 'C', type, base));
  expect(server('datetime')).toBe('convert(datetime, @p1, 121) ← ["x"] | dateadd(second, -60, v)');
  expect(server('date')).toBe('convert(date, @p1, 23) ← ["x"] | dateadd(day, -1, v)');
  expect(server('timestamp')).toBe(
    'convert(binary(8), convert(bigint, @p1)) ← ["x"] | convert(binary(8), convert(bigint, v) - 60)',
  );
  expect(server('datetimeoffset(7)', 'datetimeoffset')).toBe(
    'todatetimeoffset(convert(datetime2(7), @p1, 121), \'+00:00\') ← ["x"] | dateadd(second, -60, v)',
  );
  const told = (type: string): string => both(oracle, column(oracle, 'C', type));
  const time = "to_timestamp(:1, 'YYYY-MM-DD HH24:MI:SS.FF')";
  expect(told('DATE')).toBe(`cast(${time} as date) ← ["x"] | v - numtodsinterval(60, 'SECOND')`);
  expect(told('TIMESTAMP(6) WITH TIME ZONE')).toBe(
    `from_tz(${time}, 'UTC') ← ["x"] | v - numtodsinterval(60, 'SECOND')`,
  );
  expect(told('NUMBER')).toBe('to_number(:1) ← ["x"] | v - 60');
});

test('what they write becomes the same exact text as of every other server', () => {
  const read = (dialect: Dialect, type: string, cell: string) =>
    readCell(column(dialect, 'C', type), cell);
  expect(read(oracle, 'NUMBER', '.5')).toBe('0.5');
  expect(read(oracle, 'NUMBER', '-.05')).toBe('-0.05');
  expect(read(oracle, 'DATE', '2026-01-31 10:00:00')).toBe('2026-01-31T10:00:00');
  expect(read(oracle, 'TIMESTAMP(6) WITH TIME ZONE', '2026-01-31 10:00:00.123456')).toBe(
    '2026-01-31T10:00:00.123456Z',
  );
  expect(read(oracle, 'RAW', '00FF')).toBe('AP8=');
  expect(read(sqlserver, 'float', '1.0000000000000001e-001')).toBe('0.10000000000000001');
  expect(read(sqlserver, 'money', '12.5000')).toBe('12.5000');
  expect(read(sqlserver, 'bit', '1')).toBe(true);
  expect(column(oracle, 'C', 'BLOB').category).toBe('unreadable');
  expect(column(sqlserver, 'C', 'geography').category).toBe('unreadable');
});

test('rows are taken out, locked and numbered in the way of each', () => {
  const where = sql`x.[A] = ${value('1')}`;
  expect(printed(sqlserver, sqlserver.deleteFrom(raw('[t]'), 'x', where))).toBe(
    'delete x from [t] as x where x.[A] = @p1 ← ["1"]',
  );
  expect(printed(oracle, oracle.deleteFrom(raw('"T"'), 'x', raw('1 = 0')))).toBe(
    'delete from "T" x where 1 = 0',
  );
  expect(printed(sqlserver, sqlserver.lockRow(raw('[t] h')).from)).toBe(
    '[t] h with (updlock, rowlock)',
  );
  expect(printed(oracle, oracle.lockRow(raw('"T" h')).suffix)).toBe('for update');
  expect(printed(sqlserver, sqlserver.next(raw('[s]')))).toBe('next value for [s]');
  expect(printed(oracle, oracle.next(raw('"S"')))).toBe('"S".nextval');
  expect(sqlserver.quote('a]b')).toBe('[a]]b]');
});

const signIn = (more: Partial<SignIn> = {}): SignIn => ({
  address: { host: 'db.example.com', address: '192.0.2.7', port: 1 },
  database: 'ERP',
  user: 'rialto',
  password: 'secret',
  tls: { certificateAuthority: 'PEM' },
  statementSecondsMax: 10,
  stop: AbortSignal.timeout(30_000),
  ...more,
});

test('the drivers are told to verify certificates, and to take the address that was looked at', () => {
  expect(configOf(signIn(), new Set()).options).toMatchObject({
    encrypt: true,
    trustServerCertificate: false,
    cryptoCredentialsDetails: { ca: 'PEM' },
  });
  expect(attributesOf(signIn())).toMatchObject({ sslServerDNMatch: true, walletContent: 'PEM' });
  expect(attributesOf(signIn({ tls: 'off' })).connectString).toContain(
    '(PROTOCOL=tcp)(HOST=192.0.2.7)(PORT=1)',
  );
  expect(() => attributesOf(signIn({ database: 'ERP)(EVIL=1' }))).toThrow('connecting a database');
});

test('what they say went wrong is read by their numbers', () => {
  expect(serverFailure({ code: 'EREQUEST', number: 2627 })).toBe('duplicate');
  expect(serverFailure({ code: 'EREQUEST', number: 1205 })).toBe('busy');
  expect(serverFailure({ code: 'EREQUEST', number: 229 })).toBe('forbidden');
  expect(serverFailure({ code: 'EREQUEST', number: 547 })).toBe('refused');
  expect(serverFailure({ code: 'ETIMEOUT' })).toBe('busy');
  expect(serverFailure({ code: 'ECONNCLOSED' })).toBe('lost');
  expect(oracleFailure({ code: 'ORA-00001', errorNum: 1 })).toBe('duplicate');
  expect(oracleFailure({ code: 'ORA-00060', errorNum: 60 })).toBe('busy');
  expect(oracleFailure({ code: 'ORA-01031', errorNum: 1031 })).toBe('forbidden');
  expect(oracleFailure({ code: 'ORA-02290', errorNum: 2290 })).toBe('refused');
  expect(oracleFailure({ code: 'ORA-03113', errorNum: 3113 })).toBe('lost');
  expect(oracleFailure({ code: 'NJS-500' })).toBe('lost');
});

test('the real drivers are loaded, and a server that is not there has not been reached', async () => {
  const port = await closedPort();
  for (const dialect of [sqlserver, oracle]) {
    const address = { host: '127.0.0.1', address: '127.0.0.1', port };
    const connecting = dialect.connect(signIn({ address, tls: 'off' }));
    await expect(connecting).rejects.toMatchObject({
      code: 'database.source-not-reached',
      kind: 'unavailable',
    });
  }
});

test('a server that says nothing is given up when it is stopped', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const address = { host: '127.0.0.1', address: '127.0.0.1', port };
  const stop = AbortSignal.timeout(300);
  const connecting = sqlserver.connect(signIn({ address, tls: 'off', stop }));
  await expect(connecting).rejects.toMatchObject({ name: 'TimeoutError' });
});

async function closedPort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return port;
}
