import { expect, test, vi } from 'vitest';
import { Interrupts } from '../../../src/cli/interrupts';

test('the first interrupt cancels, and the second one ends the process', () => {
  const leave = vi.fn();
  const interrupts = new Interrupts(leave);
  expect(interrupts.interrupted.aborted).toBe(false);
  interrupts.interrupt();
  expect(interrupts.interrupted.aborted).toBe(true);
  expect(leave).not.toHaveBeenCalled();
  interrupts.interrupt();
  expect(leave).toHaveBeenCalledTimes(1);
});

test('what winds down is stopped by the second one, and the third one ends the process', () => {
  const leave = vi.fn();
  const interrupts = new Interrupts(leave);
  const { windDown, stop } = interrupts.stops();
  interrupts.interrupt();
  expect([windDown.aborted, stop.aborted]).toEqual([true, false]);
  interrupts.interrupt();
  expect(stop.aborted).toBe(true);
  expect(leave).not.toHaveBeenCalled();
  interrupts.interrupt();
  expect(leave).toHaveBeenCalledTimes(1);
});

test('the system may ask as often as it likes: nothing is stopped', () => {
  const leave = vi.fn();
  const interrupts = new Interrupts(leave);
  const { windDown, stop } = interrupts.stops();
  interrupts.terminate();
  interrupts.terminate();
  expect([windDown.aborted, stop.aborted]).toEqual([true, false]);
  expect(leave).not.toHaveBeenCalled();
  interrupts.interrupt();
  expect(stop.aborted).toBe(true);
});
