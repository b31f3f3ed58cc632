import { expect, test } from 'vitest';
import { powerRestorePolicy } from '../../../../src/operations/power/restorePolicy';
import { FakeController } from '../../../fakes/ipmiController';

/** A chassis with the policy in bits 6:5 of its power state; bits 0 to 2 of `mask` are the policies it supports. */
function controller(start: number, { mask = 0b111, obeys = true } = {}): FakeController {
  let policy = start;
  return new FakeController((command, [wanted = 3]) => {
    if (command === '00 01') return [policy << 5, 0, 0];
    if (wanted < 3 && obeys) policy = wanted;
    return [mask];
  });
}

test('sets the policy and reads it back', async () => {
  const bmc = controller(0);
  await expect(bmc.now(powerRestorePolicy)).resolves.toBe('always-off');
  const result = await bmc.run(powerRestorePolicy, { policy: 'always-on' });
  expect(result).toEqual({ outcome: 'done', value: { policy: 'always-on' } });
  expect(bmc.changes('00 01')).toEqual(['00 06 03', '00 06 02']);
  await expect(bmc.now(powerRestorePolicy)).resolves.toBe('always-on');
});

test('what is so already is not set', async () => {
  const bmc = controller(1);
  await expect(bmc.run(powerRestorePolicy, { policy: 'previous' })).resolves.toMatchObject({ outcome: 'already' });
  expect(bmc.changes('00 01')).toEqual([]);
});

test('a policy that the chassis does not support is not set', async () => {
  const bmc = controller(0, { mask: 0b101 });
  const refused = bmc.run(powerRestorePolicy, { policy: 'previous' });
  await expect(refused).rejects.toMatchObject({
    code: 'device.unsupported',
    hint: 'It supports: always-off, always-on.',
  });
  expect(bmc.changes('00 01')).toEqual(['00 06 03']);
});

test('a policy that was accepted but is not held is unverified', async () => {
  const bmc = controller(0, { obeys: false });
  await expect(bmc.run(powerRestorePolicy, { policy: 'always-on' })).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the policy is still always-off.',
  });
});
