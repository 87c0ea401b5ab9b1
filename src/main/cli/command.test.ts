import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { howMany } from './command.ts';

test('how many rows is a whole number from one on, or refused under the name of the option', () => {
  expect(['1', '200'].map(howMany)).toEqual(['1', '200']);
  for (const bad of ['abc', '0', '-3', '1.5', '']) {
    expect(() => howMany(bad)).toThrow(InvalidArgumentError);
  }
});
