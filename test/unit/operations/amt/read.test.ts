import { expect, test } from 'vitest';
import { amtRead } from '../../../../src/operations/amt/read';
import { AmtStub, recorded } from '../../../fakes/amtStub';

test('a class is shown as the device has it: text stays text, arrays are lists, references show their keys', async () => {
  const stub = new AmtStub({ 'Enumerate AMT_EthernetPortSettings': recorded('amt/ethernetport/pull.xml') });
  const { value } = await stub.run(amtRead, { class: 'AMT_EthernetPortSettings' });
  expect(value).toMatchObject({
    instances: [
      {
        class: 'AMT_EthernetPortSettings',
        DHCPEnabled: 'true',
        LinkPolicy: ['1', '14'],
        MACAddress: '00-be-43-d8-22-a4',
      },
      { InstanceID: 'Intel(r) AMT Ethernet Port Settings 1', WLANLinkProtectionLevel: '1' },
    ],
  });
  expect(stub.changes).toEqual([]);
});

test('references', async () => {
  const stub = new AmtStub({ 'Enumerate CIM_ComputerSystemPackage': recorded('cim/computer/systempackage/pull.xml') });
  const { value } = await stub.run(amtRead, { class: 'CIM_ComputerSystemPackage' });
  expect(value).toMatchObject({
    instances: [
      {
        Antecedent: {
          ReferenceParameters: { SelectorSet: { CreationClassName: 'CIM_Chassis', Tag: 'CIM_Chassis' } },
        },
      },
    ],
  });
});

test('people get it as lines of YAML, in which text stays text', async () => {
  const stub = new AmtStub({
    'Enumerate AMT_Thing':
      '<g:PullResponse><g:Items><h:AMT_Thing><h:A>true</h:A><h:B>1</h:B><h:B>2</h:B></h:AMT_Thing></g:Items>' +
      '<g:EndOfSequence/></g:PullResponse>',
  });
  const { value } = await stub.run(amtRead, { class: 'AMT_Thing' });
  expect(value).toEqual({
    instances: [{ class: 'AMT_Thing', A: 'true', B: ['1', '2'] }],
    yaml: '- class: AMT_Thing\n  A: "true"\n  B:\n    - "1"\n    - "2"\n',
  });
});

test('what is secret is not shown', async () => {
  const stub = new AmtStub({
    'Enumerate AMT_Thing':
      '<g:PullResponse><g:Items><h:AMT_Thing><h:CommunityString>s1</h:CommunityString><h:RSEPassword>s2</h:RSEPassword>' +
      '<h:PSKPassPhrase>s3</h:PSKPassPhrase><h:Secret></h:Secret><h:UserPasswordBypass>false</h:UserPasswordBypass>' +
      '</h:AMT_Thing></g:Items><g:EndOfSequence/></g:PullResponse>',
  });
  const { value } = await stub.run(amtRead, { class: 'AMT_Thing' });
  expect(value).toMatchObject({
    instances: [
      { CommunityString: '***', RSEPassword: '***', PSKPassPhrase: '***', Secret: '', UserPasswordBypass: 'false' },
    ],
  });
  expect(JSON.stringify(value)).not.toMatch(/s[123]/);
});

test('a class that the device does not have is told as such', async () => {
  const stub = new AmtStub();
  await expect(stub.run(amtRead, { class: 'CIM_Elephant' })).rejects.toMatchObject({ code: 'device.unsupported' });
});

test('what is no class name is refused before anything is sent', () => {
  const issues = amtRead.parameters.safeParse({ class: 'Win32_Fan' }).error?.issues;
  expect(issues?.map(({ message }) => message)).toEqual(['a class such as AMT_GeneralSettings or CIM_Fan is expected']);
});
