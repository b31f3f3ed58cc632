import { expect, test } from 'vitest';
import { amtEventLog } from '../../../src/nodes/logs/amtEventLog';
import { auditLog } from '../../../src/nodes/logs/auditLog';
import { amtSettings } from '../../../src/operations/amt/settings';
import { amtTimeSync } from '../../../src/operations/amt/timeSync';
import { amtTls } from '../../../src/operations/amt/tls';
import { amtUnconfigure } from '../../../src/operations/amt/unconfigure';
import { logClear } from '../../../src/operations/logs/logClear';
import { testFrontend } from '../../fakes/frontend';
import { startAmt } from '../../fakes/amtDevice';
import { settles } from '../../fakes/settles';

test('a clock that is wrong is set', async () => {
  await using device = await startAmt();
  device.simulator.device.clockOffsetMs = -3_600_000;
  expect(await device.now(amtTimeSync)).toMatch(/^1 h 0 min behind$|^59 min \d+ s behind$/);
  await settles(device, amtTimeSync, {});
  expect(Math.abs(device.simulator.device.clockOffsetMs)).toBeLessThan(2500);
});

test('logs are read, kept and cleared', async () => {
  await using device = await startAmt();
  const events = await device.show(amtEventLog);
  expect(events.length).toBeGreaterThan(0);
  const cleared = await device.run(logClear, { keep: true });
  expect(cleared).toMatchObject({ outcome: 'done', value: { cleared: events.length } });
  expect(await device.run(logClear)).toMatchObject({ outcome: 'already' });
  await device.run(amtSettings, { sol: false });
  const audits = await device.show(auditLog);
  expect(audits.map(([, ...cells]) => cells.slice(0, 4))).toContainEqual([
    ...['admin', 'redirection', 'serial over LAN disabled', '127.0.0.1'],
  ]);
  expect(await device.run(logClear, { log: 'audit' })).toMatchObject({ outcome: 'done' });
  expect(await device.run(logClear, { log: 'audit' })).toMatchObject({ outcome: 'already' });
});

test('TLS: connections in clear are refused, once there is a certificate', async () => {
  await using plain = await startAmt({ ports: 'plain' });
  expect((await plain.plan(amtTls, { acceptNonSecure: false })).impossible).toContain('TLS is not set up');
  await using only = await startAmt({ profile: '16.1' });
  expect((await only.plan(amtTls, { acceptNonSecure: true })).impossible).toBe(
    'its firmware takes no connections in clear',
  );
  await using both = await startAmt({ tls: true });
  await settles(both, amtTls, { acceptNonSecure: false });
});

test('TLS: who came in clear closes the door behind itself, is warned, and cannot verify it', async () => {
  await using device = await startAmt({ tls: false });
  const frontend = testFrontend();
  const result = await device.run(amtTls, { acceptNonSecure: false }, { frontend });
  expect(result).toMatchObject({ outcome: 'unverified', note: expect.stringContaining('not verified') as string });
  expect(frontend.asked[0]?.warnings).toEqual([
    'Whoever reaches the devices in clear is locked out, this console too.',
  ]);
});

test('TLS: mutual only where a root is trusted', async () => {
  await using device = await startAmt({ tls: true });
  expect((await device.plan(amtTls, { mutual: true })).impossible).toContain('no trusted root certificate');
});

test('unconfiguring says what is lost, and the device is gone afterwards', async () => {
  await using device = await startAmt();
  const frontend = testFrontend();
  expect(await device.plan(amtUnconfigure)).toMatchObject({ now: 'provisioned', then: 'not provisioned' });
  expect(await device.run(amtUnconfigure, { timeoutMs: 3000 }, { frontend })).toMatchObject({ outcome: 'done' });
  expect(frontend.asked[0]?.warnings.join(' ')).toContain('wake alarms of the devices are lost');
  expect(device.simulator.device.isProvisioned).toBe(false);
});

test('unconfiguring with a lost answer: the device is gone, and nobody says more than that', async () => {
  await using device = await startAmt();
  device.simulator.faults.loseAnswerTo('Unprovision');
  const result = await device.run(amtUnconfigure, { timeoutMs: 3000 });
  expect(result).toMatchObject({ outcome: 'unverified' });
});
