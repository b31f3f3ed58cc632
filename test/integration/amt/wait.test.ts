import { expect, test } from 'vitest';
import { powerOff } from '../../../src/operations/power/off';
import { powerRestore } from '../../../src/operations/power/restore';
import { waitFor } from '../../../src/operations/wait/for';
import { knockTcp } from '../../../src/transport/knockTcp';
import { freeTcpPort } from '../../peers/freePort';
import { startAmt } from '../../fakes/amtDevice';

test('a device is waited for until it answers, is off, and has an open port', async () => {
  await using device = await startAmt({ profile: '16.1', surroundings: { knockTcp } });
  const { port, tlsPort } = device.simulator;
  expect(await device.run(waitFor, { technology: 'amt' })).toMatchObject({ outcome: 'done', value: { power: 'on' } });
  await device.run(powerOff);
  expect(await device.run(waitFor, { power: 'off' })).toMatchObject({ outcome: 'done', value: { power: 'off' } });
  expect(await device.run(waitFor, { port: port || tlsPort })).toMatchObject({ outcome: 'done', technology: 'amt' });
});

test('what does not come is told with what was seen last, and a read leaves no run behind', async () => {
  await using device = await startAmt({ profile: '16.1', surroundings: { knockTcp } });
  const port = await freeTcpPort();
  expect(await device.run(waitFor, { port, timeout: '50ms' })).toMatchObject({
    outcome: 'failed',
    error: {
      code: 'operation.timeout',
      message: `waited 50 ms for port ${port}; seen last: nothing listens on 127.0.0.1 port ${port}`,
    },
  });
  expect(await device.run(waitFor, { power: 'sleeping', timeout: '500ms' })).toMatchObject({
    error: { message: 'waited 500 ms for power sleeping; seen last: on' },
  });
  expect(device.ledger.lines).toEqual([]);
});

test('a refused login ends the wait at once', async () => {
  await using device = await startAmt({ profile: '16.1', access: { user: 'nobody' } });
  expect(await device.run(waitFor, { technology: 'amt' })).toMatchObject({
    outcome: 'failed',
    error: { code: 'auth.rejected' },
  });
});

test('what a job turned on is turned off again, after its intent', async () => {
  await using device = await startAmt({ profile: '16.1' });
  expect(await device.run(powerRestore, { from: 'wake', to: 'off' })).toMatchObject({
    outcome: 'done',
    value: { power: 'off' },
  });
  expect(device.ledger.lines.slice(0, 2)).toEqual(['begin power.restore', 'intend lab-01 amt']);
  expect(await device.run(powerRestore, { from: 'wake', to: 'off' })).toMatchObject({ outcome: 'already' });
});
