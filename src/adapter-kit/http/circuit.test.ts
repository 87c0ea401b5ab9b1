import { expect, test } from 'vitest';
import { createCircuit } from './circuit.ts';
import { stillClock } from './testing.ts';

function failing(times: number) {
  const time = stillClock();
  const circuit = createCircuit(time.clock);
  for (let at = 0; at < times; at += 1) {
    expect(circuit.admit()).toBe(0);
    circuit.told(false);
  }
  return { circuit, time };
}

test('ten failures on end open it; until then, and after one success, all may ask', () => {
  const { circuit } = failing(9);
  expect(circuit.state()).toEqual({ circuit: 'closed' });
  circuit.told(true);
  circuit.told(false);
  expect(circuit.state()).toEqual({ circuit: 'closed' });
  expect(failing(10).circuit.state()).toMatchObject({ circuit: 'open', failures: 10 });
});

test('while it is open nobody asks, and each is told how long to wait', () => {
  const { circuit, time } = failing(10);
  expect(circuit.admit()).toBe(2000);
  time.pass(1500);
  expect(circuit.admit()).toBe(500);
});

test('half-open, one asks; its success closes, its failure doubles the wait', () => {
  const { circuit, time } = failing(10);
  time.pass(2000);
  expect(circuit.state()).toMatchObject({ circuit: 'half-open' });
  expect(circuit.admit()).toBe(0);
  expect(circuit.admit()).toBeGreaterThan(0); // The probe is under way.
  circuit.told(false);
  expect(circuit.admit()).toBe(4000);
  time.pass(4000);
  expect(circuit.admit()).toBe(0);
  circuit.told(true);
  expect(circuit.state()).toEqual({ circuit: 'closed' });
});

test('a probe that was called off leaves the way open for another', () => {
  const { circuit, time } = failing(10);
  time.pass(2000);
  expect(circuit.admit()).toBe(0);
  circuit.withdrawn();
  expect(circuit.admit()).toBe(0);
});
