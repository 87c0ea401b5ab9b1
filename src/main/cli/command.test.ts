import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { howMany, wholeFrom } from './command.ts';

test('how many rows is a whole number from one on, or refused under the name of the option', () => {
  expect(['1', '200'].map(howMany)).toEqual(['1', '200']);
  for (const bad of ['abc', '0', '-3', '1.5', '']) {
    expect(() => howMany(bad)).toThrow(InvalidArgumentError);
  }
});

test('a whole number is within limits, or refused with them', () => {
  expect(['1', '10', '03'].map(wholeFrom(1, 10))).toEqual([1, 10, 3]);
  for (const bad of ['0', '11', '-1', '1.5', '1e1', ' 2', 'x', '']) {
    expect(() => wholeFrom(1, 10)(bad)).toThrow('Give a whole number from 1 to 10.');
  }
});
