import { expect, test } from 'vitest';
import { bmcReset } from '../../../../src/operations/controller/bmcReset';
import { FakeController } from '../../../fakes/ipmiController';

test.each([
  [{}, '06 02'],
  [{ warm: true }, '06 03'],
])('%j asks once for %s', async (parameters, call) => {
  const bmc = new FakeController(() => []);
  await expect(bmc.run(bmcReset, parameters)).resolves.toEqual({ outcome: 'done' });
  expect(bmc.calls).toEqual([call]);
});

test('answered, but the answer was lost: unverified', async () => {
  const bmc = new FakeController(() => []);
  bmc.confirms = false;
  await expect(bmc.run(bmcReset)).resolves.toMatchObject({ outcome: 'unverified' });
});

test('a controller without it says so', async () => {
  const bmc = new FakeController(() => 0xc1);
  await expect(bmc.run(bmcReset, { warm: true })).rejects.toMatchObject({ code: 'device.unsupported', effect: 'none' });
});
