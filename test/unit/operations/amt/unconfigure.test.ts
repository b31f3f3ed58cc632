import { expect, test } from 'vitest';
import { amtUnconfigure } from '../../../../src/operations/amt/unconfigure';
import { AmtStub, lost, recorded, refused, returned, type StubAnswer } from '../../../fakes/amtStub';

const state = 'Get AMT_SetupAndConfigurationService';
const unprovision = 'AMT_SetupAndConfigurationService.Unprovision';

/** As recorded: provisioned for admin control; nothing listens once it is not. */
function device(changes: Readonly<Record<string, StubAnswer>> = {}): AmtStub {
  const stub = new AmtStub({
    [state]: recorded('amt/setupandconfiguration/get.xml'),
    [unprovision]: () => {
      stub.answers.set(state, refused);
      return recorded('amt/setupandconfiguration/unprovision.xml');
    },
    ...changes,
  });
  return stub;
}
const once = { timeoutMs: 1 };

test('accepted, and then nothing listens: done', async () => {
  const stub = device();
  await expect(stub.now(amtUnconfigure)).resolves.toBe('provisioned');
  await expect(stub.run(amtUnconfigure)).resolves.toEqual({ outcome: 'done', value: { provisioning: 'gone' } });
  expect(stub.changes).toEqual([
    `${unprovision}: <r:Unprovision_INPUT><r:ProvisioningMode>1</r:ProvisioningMode></r:Unprovision_INPUT>`,
  ]);
});

test('in part, by a method of its own', async () => {
  const stub = device();
  stub.answers.set('AMT_SetupAndConfigurationService.PartialUnprovision', () => {
    const file = recorded('amt/setupandconfiguration/get.xml');
    stub.answers.set(state, file.replace('ProvisioningState>2<', 'ProvisioningState>0<'));
    return recorded('amt/setupandconfiguration/partialunprovision.xml');
  });
  await expect(stub.run(amtUnconfigure, { mode: 'partial' })).resolves.toMatchObject({
    outcome: 'done',
    value: { provisioning: 'not provisioned' },
  });
  await expect(stub.run(amtUnconfigure)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toHaveLength(1);
});

test('a lost answer and a device that is gone: it may be gone for another reason', async () => {
  const stub = device({
    [unprovision]: () => {
      stub.answers.set(state, refused);
      return lost;
    },
  });
  await expect(stub.run(amtUnconfigure)).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Its answer was lost, and the device no longer answers.',
  });
});

test('a lost answer and a device that is as before: nobody knows, and it is not repeated', async () => {
  const stub = device({ [unprovision]: lost });
  await expect(stub.run(amtUnconfigure, once)).rejects.toMatchObject({ code: 'connect.lost', effect: 'unknown' });
  expect(stub.changes).toHaveLength(1);
});

test('accepted, and still provisioned when the time is up', async () => {
  const stub = device({ [unprovision]: returned('Unprovision', 0) });
  await expect(stub.run(amtUnconfigure, once)).resolves.toMatchObject({
    outcome: 'unverified',
    note: 'Accepted, but the device is still provisioned.',
  });
});

test('a refusal, as by an auditor, changes nothing; nor is a device that never answered taken for one that is done', async () => {
  const audited = device({ [unprovision]: returned('Unprovision', 2076) });
  await expect(audited.run(amtUnconfigure)).rejects.toMatchObject({ code: 'device.refused', effect: 'none' });
  const absent = device({ [state]: refused });
  await expect(absent.run(amtUnconfigure)).rejects.toMatchObject({ code: 'connect.refused' });
  expect(absent.changes).toEqual([]);
});

test('the confirmation says what is lost', () => {
  expect(amtUnconfigure.danger).toBe('destructive');
  const warned = amtUnconfigure.warnings?.({ mode: 'full' }).join(' ') ?? '';
  for (const word of ['accounts', 'certificates', 'TLS', 'wireless profiles', 'alarms']) expect(warned).toContain(word);
});
