import { expect, test, vi } from 'vitest';
import { printFacts, printTable } from './print.ts';

function printed(print: () => void): readonly string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  print();
  spy.mockRestore();
  return lines;
}

test('the last column is printed whole, and what is cut before it shows that it is', () => {
  const long = `it failed, and ${'then this helps '.repeat(12)}`.trim();
  const [, , row = ''] = printed(() => printTable(['check', 'found'], [[long, long]]));
  expect(row.endsWith(long)).toBe(true);
  expect(row.slice(0, 80)).toBe(`${long.slice(0, 79)}…`);
});

test('what is known of one thing is printed whole', () => {
  const all = 'create-supplier '.repeat(20).trim();
  expect(printed(() => printFacts([['takes', all]]))).toEqual([`takes  ${all}`]);
});
