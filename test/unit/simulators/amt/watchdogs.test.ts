import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Alert, onDidRaise } from '../../../../src/simulators/amt/alerts';
import { defenseOf } from '../../../../src/simulators/amt/classes/systemDefense/state';
import { faultOf, reference, selectorIn, type Sent, Soap } from './soap';

/** 2a3b4c5d-6e7f-8091-a2b3-c4d5e6f70819 as Windows has it. */
const DeviceID = Buffer.from('5d4c3b2a7f6e9180a2b3c4d5e6f70819', 'hex').toString('base64');
const watchdog: Sent = {
  CreationClassName: 0,
  SystemCreationClassName: 0,
  SystemName: 0,
  DeviceID,
  MonitoredEntityDescription: 'antivirus',
  StartupInterval: 120,
  TimeoutInterval: 60,
};
const name = 'AMT_AgentPresenceWatchdog';
const stateOf = (soap: Soap) => soap.get(name, { DeviceID }).CurrentState;
const call = (soap: Soap, method: string, input: Sent = {}) => soap.invoke(name, method, input, { DeviceID });

describe('watchdogs', () => {
  test.each([
    ['15 bytes', { DeviceID: 'AAAAAAAAAAAAAAAAAAAA' }, 'InvalidRepresentation InvalidValues'],
    ['17 characters', { MonitoredEntityDescription: '12345678901234567' }, 'InvalidRepresentation InvalidValues'],
    ['an interval of 0 s', { TimeoutInterval: 0 }, 'InvalidRepresentation InvalidValues'],
    ['no interval', { StartupInterval: undefined }, 'InvalidRepresentation MissingValues'],
    ['no keys', { SystemName: undefined }, 'InvalidRepresentation MissingValues'],
  ])('refused: %s', (_, change, fault) => {
    const sent = Object.entries({ ...watchdog, ...change }).filter(([, value]) => value !== undefined);
    expect(faultOf(new Soap().create(name, Object.fromEntries(sent) as Sent))).toBe(fault);
  });

  test('16 at most, each agent once, deleted by its number alone', () => {
    const soap = new Soap();
    for (let at = 0; at < 16; at++) {
      expect(faultOf(soap.create(name, { ...watchdog, DeviceID: Buffer.alloc(16, at).toString('base64') }))).toBe('ok');
    }
    expect(faultOf(soap.create(name, { ...watchdog, DeviceID: Buffer.alloc(16).toString('base64') }))).toBe(
      'AlreadyExists',
    );
    expect(faultOf(soap.create(name, watchdog))).toBe('InternalError 23');
    expect(faultOf(soap.delete(name, { DeviceID: Buffer.alloc(16).toString('base64') }))).toBe('ok');
    expect(faultOf(soap.create(name, watchdog))).toBe('ok');
  });

  test('80 actions; each links a watchdog to a condition, and that to what happens', () => {
    const soap = new Soap();
    soap.create(name, watchdog);
    const action = { OldState: 31, NewState: 8, EventOnTransition: true };
    expect(call(soap, 'AddAction', { ...action, NewState: 32 }).ReturnValue).toBe('36');
    expect(call(soap, 'AddAction', { ...action, ActionSd: 2 }).ReturnValue).toBe('36');
    expect(call(soap, 'AddAction', { ...action, ActionSd: 0 }).ReturnValue).toBe('0');
    expect(soap.list('AMT_StateTransitionCondition')).toMatchObject([{ OldState: '31', NewState: '8' }]);
    expect(soap.list('AMT_AgentPresenceWatchdogAction')).toMatchObject([{ EventOnTransition: 'true', ActionSd: '0' }]);
    const [toCondition, toAction] = soap.elements('CIM_ConcreteDependency');
    expect(selectorIn(toCondition, 'DeviceID')).toBe(DeviceID);
    expect(selectorIn(toCondition, 'PolicyConditionName')).toBe(selectorIn(toAction, 'PolicyConditionName'));
    expect(selectorIn(toAction, 'PolicyActionName')).toBe(
      soap.list('AMT_AgentPresenceWatchdogAction')[0]?.PolicyActionName,
    );
    for (let at = 1; at < 80; at++) call(soap, 'AddAction', action);
    expect(call(soap, 'AddAction', action).ReturnValue).toBe('23');
    expect(call(soap, 'DeleteAllActions').ReturnValue).toBe('0');
    expect(soap.list('CIM_ConcreteDependency')).toEqual([]);
  });
});

describe('an agent', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('that does not start expires after the start interval', () => {
    const soap = new Soap();
    soap.create(name, watchdog);
    vi.advanceTimersByTime(119_999);
    expect(stateOf(soap)).toBe('1');
    vi.advanceTimersByTime(1);
    expect(stateOf(soap)).toBe('8');
  });

  test('runs as long as it calls with the next number each time', () => {
    const soap = new Soap();
    soap.create(name, watchdog);
    const registered = call(soap, 'RegisterAgent');
    expect(registered.TimeoutInterval).toBe('60');
    const number = Number(registered.SessionSequenceNumber);
    expect(stateOf(soap)).toBe('4');
    vi.advanceTimersByTime(59_000);
    call(soap, 'AssertPresence', { SequenceNumber: (number + 1) % 2 ** 32 });
    vi.advanceTimersByTime(59_000);
    expect(stateOf(soap)).toBe('4');
    call(soap, 'AssertPresence', { SequenceNumber: (number + 1) % 2 ** 32 }); // ignored
    vi.advanceTimersByTime(1000);
    expect(stateOf(soap)).toBe('8');
    call(soap, 'AssertShutdown', { SequenceNumber: (number + 2) % 2 ** 32 });
    expect(stateOf(soap)).toBe('2');
  });

  test('is not expected while the computer is off, and anew after its start', () => {
    const soap = new Soap();
    soap.create(name, watchdog);
    soap.device.machine.goTo(8);
    expect(stateOf(soap)).toBe('16');
    vi.advanceTimersByTime(1_000_000);
    expect(stateOf(soap)).toBe('16');
    soap.device.machine.goTo(2);
    expect(stateOf(soap)).toBe('1');
    soap.device.machine.goTo(4);
    soap.device.machine.goTo(2);
    expect(stateOf(soap)).toBe('1');
  });

  test('that expires is told of, with its GUID, and lets the policy of agents loose', () => {
    const soap = new Soap();
    const alerts: Alert[] = [];
    soap.create('AMT_SystemDefensePolicy', {
      ...{ InstanceID: 0, PolicyName: 'quarantine', PolicyPrecedence: 1 },
      ...{ TxDefaultDrop: true, TxDefaultCount: false, TxDefaultMatchEvent: false },
      ...{ RxDefaultDrop: true, RxDefaultCount: false, RxDefaultMatchEvent: false },
    });
    soap.create('AMT_AgentPresenceInterfacePolicy', {
      Antecedent: reference('CIM_EthernetPort', { DeviceID: 'Intel(r) AMT Ethernet Port 0' }),
      Dependent: reference('AMT_SystemDefensePolicy', { InstanceID: '1' }),
    });
    soap.create(name, watchdog);
    call(soap, 'AddAction', { OldState: 31, NewState: 8, EventOnTransition: true, ActionSd: 0 });
    call(soap, 'AddAction', { OldState: 8, NewState: 4, EventOnTransition: false, ActionSd: 1 });
    onDidRaise(soap.device, (alert) => alerts.push(alert));
    vi.advanceTimersByTime(120_000);
    expect(alerts).toMatchObject([
      {
        messageId: 'iAMT0005',
        messageArguments: ['2a3b4c5d-6e7f-8091-a2b3-c4d5e6f70819'],
        record: { sensorType: 0x12, data: [0xaa, 0x5d, 0x4c, 0x3b, 0x2a, 0x7f, 0x6e, 8] },
      },
    ]);
    expect(defenseOf(soap.device).activePolicy?.name).toBe('quarantine');
    call(soap, 'RegisterAgent');
    expect(defenseOf(soap.device).activePolicy).toBeUndefined();
  });

  test('that expires resets the computer where that has been applied, once', () => {
    const soap = new Soap();
    let boots = 0;
    soap.device.machine.onDidBoot(() => boots++);
    soap.create(name, watchdog);
    const settings = { HeciWatchDogExpirationAction: 0, AgentPresenceWatchDogExpirationAction: 1, Timeout: 10 };
    expect(faultOf(soap.put('IPS_WatchDogAction', { ...settings, HeciWatchDogExpirationAction: 2 }))).toBe(
      'InvalidRepresentation InvalidValues',
    );
    soap.put('IPS_WatchDogAction', settings);
    const apply = (id: string) =>
      soap.invoke('IPS_WatchDogAction', 'ApplyActionOnWatchDog', {
        AgentPresenceWatchDog: reference(name, { DeviceID: id }),
        ActionEnable: true,
      }).ReturnValue;
    expect(apply('AAAA')).toBe('2068');
    expect(apply(DeviceID)).toBe('0');
    vi.advanceTimersByTime(129_999);
    expect(boots).toBe(0);
    vi.advanceTimersByTime(1);
    expect(boots).toBe(1);
    vi.advanceTimersByTime(1_000_000);
    expect(boots).toBe(1);
  });

  test('a reset that waits can be taken back', () => {
    const soap = new Soap();
    let boots = 0;
    soap.device.machine.onDidBoot(() => boots++);
    soap.create(name, watchdog);
    soap.put('IPS_WatchDogAction', {
      HeciWatchDogExpirationAction: 0,
      AgentPresenceWatchDogExpirationAction: 1,
      Timeout: 10,
    });
    const dog = { AgentPresenceWatchDog: reference(name, { DeviceID }), ActionEnable: true };
    soap.invoke('IPS_WatchDogAction', 'ApplyActionOnWatchDog', dog);
    vi.advanceTimersByTime(120_000);
    soap.invoke('IPS_WatchDogAction', 'CancelRebootAction');
    vi.advanceTimersByTime(1_000_000);
    expect(boots).toBe(0);
    soap.device.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
