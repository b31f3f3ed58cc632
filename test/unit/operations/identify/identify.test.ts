import { expect, test } from 'vitest';
import { identify } from '../../../../src/operations/identify/identify';
import { FakeController } from '../../../fakes/ipmiController';

test.each([
  [{}, '00 04 0f', '15 s'],
  [{ seconds: 255 }, '00 04 ff', '255 s'],
  [{ seconds: 0 }, '00 04 00', 'off'],
  [{ forever: true }, '00 04 00 01', 'on'],
])('%j asks %s', async (parameters, call, state) => {
  const bmc = new FakeController(() => []);
  await expect(bmc.run(identify, parameters)).resolves.toEqual({ outcome: 'done', value: { identify: state } });
  expect(bmc.calls).toEqual([call]);
});

test('more seconds than fit into a byte are refused, and a chassis without the LED says so', async () => {
  expect(identify.parameters.safeParse({ seconds: 256 }).success).toBe(false);
  await expect(new FakeController(() => 0xc1).run(identify)).rejects.toMatchObject({ code: 'device.unsupported' });
});
