import { expect, test } from 'vitest';
import { amtEnvironment } from '../../../../src/operations/amt/environment';
import { AmtStub, recorded, thenOf } from '../../../fakes/amtStub';

/** As recorded: at home in test.com and in a domain that nobody has. */
const device = (): AmtStub =>
  new AmtStub({ 'Get AMT_EnvironmentDetectionSettingData': recorded('amt/environmentdetection/get.xml') });
const put = (strings: string): string =>
  `Put AMT_EnvironmentDetectionSettingData: <r:AMT_EnvironmentDetectionSettingData><r:DetectionAlgorithm>0</r:DetectionAlgorithm>${strings}<r:ElementName>Intel(r) AMT Environment Detection Settings</r:ElementName><r:InstanceID>Intel(r) AMT Environment Detection Settings</r:InstanceID></r:AMT_EnvironmentDetectionSettingData>`;

test('the domains replace those that were, and their order and case do not matter', async () => {
  const stub = device();
  const wanted = { domains: ['lab.example', 'Corp.example'] };
  await expect(stub.now(amtEnvironment, wanted)).resolves.toBe(
    'at home in b332bb28-ef3a-43b0-b998-342285ac1e26.com, test.com',
  );
  expect(thenOf(amtEnvironment, wanted)).toBe('at home in corp.example, lab.example');
  await expect(stub.run(amtEnvironment, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    put('<r:DetectionStrings>corp.example</r:DetectionStrings><r:DetectionStrings>lab.example</r:DetectionStrings>'),
  ]);
  await expect(stub.run(amtEnvironment, { domains: 'CORP.example, lab.example' })).resolves.toMatchObject({
    outcome: 'already',
  });
});

test('none: the device is at home everywhere, which nobody is warned of', async () => {
  const stub = device();
  await expect(stub.run(amtEnvironment, { domains: '' })).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([put('')]);
  await expect(stub.run(amtEnvironment, { domains: [] })).resolves.toMatchObject({ outcome: 'already' });
  expect(amtEnvironment.warnings?.({ domains: [] })).toEqual([]);
  expect(amtEnvironment.warnings?.({ domains: ['corp.example'] }).join('')).toContain('can no longer be reached');
});

test.each([
  [{}, 'domains'],
  [{ domains: 'a b' }, 'a DNS domain'],
  [{ domains: 'a,b,c,d,e,f' }, 'at most 5'],
  [{ domains: ['x'.repeat(64)] }, 'too_big'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtEnvironment.parameters.safeParse(given).error?.issues)).toContain(message);
});
