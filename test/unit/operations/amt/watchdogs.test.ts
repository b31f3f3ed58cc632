import { expect, test } from 'vitest';
import { amtWatchdogs } from '../../../../src/operations/amt/watchdogs';
import { AmtStub, referenceTo, returned, thenOf } from '../../../fakes/amtStub';

const agent = '55e3ae13-bfd2-61bb-17a0-88aedd7037ea';
/** The same in the mixed order of Windows: 13aee355 d2bf bb61 17a0 88aedd7037ea. */
const deviceId = 'E67jVdK/u2EXoIiu3XA36g==';
const other = 'AAAAAAAAAAAAAAAAAAAAAA==';

interface Action {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly sd: string;
}

/** Keeps watchdogs, and their actions as conditions and links. */
function device({ actions = [] as Action[], startup = '', most = 16 } = {}): AmtStub {
  const watchdogs = new Map([[other, '<h:StartupInterval>1</h:StartupInterval>']]);
  if (startup !== '') watchdogs.set(deviceId, startup);
  const link = (from: string, to: string): string =>
    `<h:CIM_ConcreteDependency><h:Antecedent>${from}</h:Antecedent><h:Dependent>${to}</h:Dependent></h:CIM_ConcreteDependency>`;
  const condition = (n: number): string =>
    referenceTo('AMT_StateTransitionCondition', { PolicyConditionName: `c${n}` });
  const stub = new AmtStub({
    'Get AMT_AgentPresenceCapabilities': `<g:AMT_AgentPresenceCapabilities><g:MaxTotalAgents>${most}</g:MaxTotalAgents></g:AMT_AgentPresenceCapabilities>`,
    'Enumerate AMT_AgentPresenceWatchdog': () =>
      [...watchdogs]
        .map(
          ([id, fields]) =>
            `<h:AMT_AgentPresenceWatchdog><h:DeviceID>${id}</h:DeviceID>${fields}</h:AMT_AgentPresenceWatchdog>`,
        )
        .join(''),
    'Enumerate AMT_StateTransitionCondition': () =>
      actions
        .map(
          ({ from, to }, n) =>
            `<h:AMT_StateTransitionCondition><h:NewState>${to}</h:NewState><h:OldState>${from}</h:OldState><h:PolicyConditionName>c${n}</h:PolicyConditionName></h:AMT_StateTransitionCondition>`,
        )
        .join(''),
    'Enumerate AMT_AgentPresenceWatchdogAction': () =>
      actions
        .map(
          ({ event, sd }, n) =>
            `<h:AMT_AgentPresenceWatchdogAction>${sd === '' ? '' : `<h:ActionSd>${sd}</h:ActionSd>`}<h:EventOnTransition>${event}</h:EventOnTransition><h:PolicyActionName>a${n}</h:PolicyActionName></h:AMT_AgentPresenceWatchdogAction>`,
        )
        .join(''),
    'Enumerate CIM_ConcreteDependency': () =>
      actions
        .map(
          (_, n) =>
            link(referenceTo('AMT_AgentPresenceWatchdog', { DeviceID: deviceId }), condition(n)) +
            link(condition(n), referenceTo('AMT_AgentPresenceWatchdogAction', { PolicyActionName: `a${n}` })),
        )
        .join(''),
    'Create AMT_AgentPresenceWatchdog': (body) => {
      const fields =
        body.match(/<r:(MonitoredEntityDescription|StartupInterval|TimeoutInterval)>[^<]*<\/r:\w+>/g) ?? [];
      watchdogs.set(/DeviceID>([^<]*)</.exec(body)?.[1] ?? '', fields.join('').replaceAll(/<(\/?)r:/g, '<$1h:'));
      return `<t:ResourceCreated>${referenceTo('AMT_AgentPresenceWatchdog', { DeviceID: deviceId })}</t:ResourceCreated>`;
    },
    [`Delete AMT_AgentPresenceWatchdog DeviceID=${deviceId}`]: () => {
      watchdogs.delete(deviceId);
      actions.length = 0;
      return '';
    },
    [`AMT_AgentPresenceWatchdog.DeleteAllActions DeviceID=${deviceId}`]: () => {
      actions.length = 0;
      return returned('DeleteAllActions', 0);
    },
    [`AMT_AgentPresenceWatchdog.AddAction DeviceID=${deviceId}`]: (body) => {
      const field = (name: string): string => new RegExp(`r:${name}>([^<]*)<`).exec(body)?.[1] ?? '';
      actions.push({
        from: field('OldState'),
        to: field('NewState'),
        event: field('EventOnTransition'),
        sd: field('ActionSd'),
      });
      return returned('AddAction', 0);
    },
  });
  return stub;
}
const names = ({ changes }: AmtStub): readonly string[] =>
  changes.map((call) => /^(?:\w+ )?\w+(?:\.(\w+))?/.exec(call)?.[0] ?? '');

test('a watchdog is created with its actions; the second run finds all', async () => {
  const stub = device();
  const wanted = { agent, name: 'backup', events: 'expired', activates: 'running>expired, expired' };
  await expect(stub.now(amtWatchdogs, wanted)).resolves.toBe('no watchdog');
  const then =
    'backup, 300 s to start, 60 s between signs; any > expired: event, policy activate; running > expired: policy activate';
  expect(thenOf(amtWatchdogs, wanted)).toBe(then);
  await expect(stub.run(amtWatchdogs, wanted)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([
    `Create AMT_AgentPresenceWatchdog: <r:AMT_AgentPresenceWatchdog><r:CreationClassName>AMT_AgentPresenceWatchdog</r:CreationClassName><r:DeviceID>${deviceId}</r:DeviceID><r:MonitoredEntityDescription>backup</r:MonitoredEntityDescription><r:StartupInterval>300</r:StartupInterval><r:SystemCreationClassName>CIM_ComputerSystem</r:SystemCreationClassName><r:SystemName>ManagedSystem</r:SystemName><r:TimeoutInterval>60</r:TimeoutInterval></r:AMT_AgentPresenceWatchdog>`,
    `AMT_AgentPresenceWatchdog.AddAction DeviceID=${deviceId}: <r:AddAction_INPUT><r:OldState>31</r:OldState><r:NewState>8</r:NewState><r:EventOnTransition>true</r:EventOnTransition><r:ActionSd>0</r:ActionSd></r:AddAction_INPUT>`,
    `AMT_AgentPresenceWatchdog.AddAction DeviceID=${deviceId}: <r:AddAction_INPUT><r:OldState>4</r:OldState><r:NewState>8</r:NewState><r:EventOnTransition>false</r:EventOnTransition><r:ActionSd>0</r:ActionSd></r:AddAction_INPUT>`,
  ]);
  await expect(stub.now(amtWatchdogs, wanted)).resolves.toBe(then);
  await expect(stub.run(amtWatchdogs, wanted)).resolves.toMatchObject({ outcome: 'already' });
  expect(stub.changes).toHaveLength(3);
});

test('where only the actions differ, the watchdog stays', async () => {
  const stub = device();
  await stub.run(amtWatchdogs, { agent, events: 'stopped' });
  stub.changes.length = 0;
  await expect(stub.run(amtWatchdogs, { agent, events: [], deactivates: 'running' })).resolves.toMatchObject({
    outcome: 'done',
    value: { changed: ['old actions removed', 'any > running: policy deactivate'] },
  });
  expect(names(stub)).toEqual(['AMT_AgentPresenceWatchdog.DeleteAllActions', 'AMT_AgentPresenceWatchdog.AddAction']);
});

test('where its times differ, it is made anew', async () => {
  const stub = device();
  await stub.run(amtWatchdogs, { agent });
  stub.changes.length = 0;
  await stub.run(amtWatchdogs, { agent, intervalSeconds: 30, events: 'stopped' });
  expect(names(stub)).toEqual([
    'Delete AMT_AgentPresenceWatchdog',
    'Create AMT_AgentPresenceWatchdog',
    'AMT_AgentPresenceWatchdog.AddAction',
  ]);
});

test('removing leaves the watchdogs of others', async () => {
  const stub = device({ startup: '<h:StartupInterval>9</h:StartupInterval>' });
  const gone = { agent, action: 'remove' };
  await expect(stub.run(amtWatchdogs, gone)).resolves.toMatchObject({ outcome: 'done' });
  expect(stub.changes).toEqual([`Delete AMT_AgentPresenceWatchdog DeviceID=${deviceId}: `]);
  await expect(stub.run(amtWatchdogs, gone)).resolves.toMatchObject({ outcome: 'already' });
});

test('a full device, and one without watchdogs', async () => {
  await expect(device({ most: 1 }).lacks(amtWatchdogs, { agent })).resolves.toBe(
    'it has no room for another watchdog: it holds 1',
  );
  await expect(new AmtStub().lacks(amtWatchdogs, { agent })).resolves.toBe('it has no agent watchdogs');
});

test.each([
  [{ agent: 'x' }, 'agent'],
  [{ agent, events: 'gone' }, 'a state ('],
  [{ agent, activates: 'expired', deactivates: 'expired' }, 'cannot activate and deactivate'],
  [{ agent, name: 'a name of seventeen' }, 'name'],
])('%j is refused', (given, message) => {
  expect(JSON.stringify(amtWatchdogs.parameters.safeParse(given).error?.issues)).toContain(message);
});
