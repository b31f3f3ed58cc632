import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { amtTimeSync } from '../../../../src/operations/amt/timeSync';
import { AmtStub, returned, type StubAnswer } from '../../../fakes/amtStub';

/** The time of the recorded answer, in seconds. */
const recordedTime = 1_704_586_865;
const told = (seconds: number): string =>
  `<g:GetLowAccuracyTimeSynch_OUTPUT><g:Ta0>${seconds}</g:Ta0><g:ReturnValue>0</g:ReturnValue></g:GetLowAccuracyTimeSynch_OUTPUT>`;

function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  let clock = recordedTime;
  return new AmtStub({
    'AMT_TimeSynchronizationService.GetLowAccuracyTimeSynch': () => told(clock),
    'AMT_TimeSynchronizationService.SetHighAccuracyTimeSynch': (body) => {
      clock = Number(/Tm2>(\d+)</.exec(body)?.[1]);
      return returned('SetHighAccuracyTimeSynch', 0);
    },
    ...changes,
  });
}
const changesOf = ({ changes }: AmtStub): readonly string[] => changes.filter((call) => call.includes('SetHigh'));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a clock that is 100 s behind is set by the three times, and the second run finds it in step', async () => {
  vi.setSystemTime((recordedTime + 100) * 1000);
  const stub = device();
  await expect(stub.now(amtTimeSync)).resolves.toBe('1 min 40 s behind');
  await expect(stub.run(amtTimeSync)).resolves.toEqual({ outcome: 'done', value: { offsetSeconds: -100 } });
  expect(changesOf(stub)).toEqual([
    'AMT_TimeSynchronizationService.SetHighAccuracyTimeSynch: <r:SetHighAccuracyTimeSynch_INPUT><r:Ta0>1704586865</r:Ta0><r:Tm1>1704586965</r:Tm1><r:Tm2>1704586965</r:Tm2></r:SetHighAccuracyTimeSynch_INPUT>',
  ]);
  await expect(stub.run(amtTimeSync)).resolves.toEqual({ outcome: 'already', value: { offsetSeconds: 0 } });
  await expect(stub.now(amtTimeSync)).resolves.toBe('in step');
});

test.each([-2, 0, 2])('%i s apart is in step', async (seconds) => {
  vi.setSystemTime((recordedTime - seconds) * 1000);
  const stub = device();
  await expect(stub.run(amtTimeSync)).resolves.toEqual({ outcome: 'already', value: { offsetSeconds: seconds } });
  expect(changesOf(stub)).toEqual([]);
});

test('a clock that keeps its time is not verified; one that says no time breaks the standard', async () => {
  vi.setSystemTime((recordedTime - 3) * 1000);
  const stuck = device({
    'AMT_TimeSynchronizationService.SetHighAccuracyTimeSynch': returned('SetHighAccuracyTimeSynch', 0),
  });
  await expect(stuck.run(amtTimeSync)).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the clock is still 3.0 s ahead.',
  });
  const mute = device({
    'AMT_TimeSynchronizationService.GetLowAccuracyTimeSynch': returned('GetLowAccuracyTimeSynch', 0),
  });
  await expect(mute.run(amtTimeSync)).rejects.toMatchObject({ code: 'protocol.invalid' });
});
