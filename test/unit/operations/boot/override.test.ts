import * as z from 'zod';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bootOverride } from '../../../../src/operations/boot/override';
import { thenOf } from '../../../fakes/amtStub';
import { type Answer, FakeController } from '../../../fakes/ipmiController';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const get = '00 09';
const status = '00 01';
const none = [0, 0, 0, 0, 0];

interface Bmc {
  flags: readonly number[];
  on: boolean;
}

/** Holds boot options as IPMI v2.0 section 28.12 says, unless `special` answers. */
function controller(
  state: Partial<Bmc> = {},
  special: (command: string, data: readonly number[]) => Answer | 'usual' = () => 'usual',
): FakeController & { readonly state: Bmc } {
  const bmc: Bmc = { flags: none, on: true, ...state };
  const fake = new FakeController((command, data) => {
    const answer = special(command, data);
    if (answer !== 'usual') return answer;
    if (command === status) return [bmc.on ? 1 : 0, 0, 0];
    if (command === '00 07') return [4, 0];
    if (command === get) return data[0] === 5 ? [1, 5, ...bmc.flags] : [1, data[0] ?? 0, 0];
    if (command === '00 08' && data[0] === 5) bmc.flags = data.slice(1);
    if (command === '00 02') bmc.on = data[0] !== 0;
    return [];
  });
  return Object.assign(fake, { state: bmc });
}

test('PXE once: the order that controllers want, the captured bytes, and what they hold afterwards', async () => {
  const bmc = controller();
  await expect(bmc.now(bootOverride)).resolves.toBe('no override');
  await expect(bmc.run(bootOverride, { device: 'pxe' })).resolves.toEqual({
    outcome: 'done',
    value: { boot: 'pxe once' },
  });
  expect(bmc.changes(get)).toEqual([
    '00 08 00 01',
    '00 08 04 01 01',
    '00 08 03 08',
    '00 08 05 80 04 00 00 00',
    '00 08 00 00',
  ]);
  await expect(bmc.now(bootOverride)).resolves.toBe('pxe once');
});

test('CD for every boot, in UEFI mode', async () => {
  const bmc = controller();
  const result = await bmc.run(bootOverride, { device: 'cd', once: false, uefi: true });
  expect(result).toEqual({ outcome: 'done', value: { boot: 'cd always, UEFI' } });
  expect(bmc.calls).toContain('00 08 05 e0 14 00 00 00');
});

test('what is so already is not written', async () => {
  const bmc = controller({ flags: [0x80, 0x18, 0, 0, 0] });
  await expect(bmc.run(bootOverride, { device: 'bios' })).resolves.toMatchObject({ outcome: 'already' });
  expect(bmc.changes(get)).toEqual([]);
  const idle = controller({ flags: [0x20, 0x04, 0, 0, 0] });
  await expect(idle.run(bootOverride, { device: 'none' })).resolves.toMatchObject({ outcome: 'already' });
});

test('the intent goes before the first change: with the override that is held, or with the power where that changes', async () => {
  const bmc = controller();
  await bmc.runRecorded(bootOverride, { device: 'bios' });
  expect(bmc.changes(get).slice(0, 2)).toEqual(['intend no override', '00 08 00 01']);
  const off = controller({ on: false });
  await off.runRecorded(bootOverride, { device: 'bios', power: 'on' });
  const [first, second, ...others] = off.changes(get, status);
  expect([first, second, others.at(-1)]).toEqual(['intend off', '00 08 00 01', '00 02 01']);
  expect(others.some((call) => call.startsWith('intend'))).toBe(false);
});

test('without a change there is no intent: the override is held, and the computer on', async () => {
  const bmc = controller({ flags: [0x80, 0x18, 0, 0, 0] });
  await expect(bmc.runRecorded(bootOverride, { device: 'bios', power: 'on' })).resolves.toMatchObject({
    outcome: 'already',
  });
  expect(bmc.changes(get, status)).toEqual([]);
});

test('none takes an override back', async () => {
  const bmc = controller({ flags: [0xc0, 0x04, 0, 0, 0] });
  await expect(bmc.run(bootOverride, { device: 'none', once: false, uefi: true })).resolves.toEqual({
    outcome: 'done',
    value: { boot: 'no override' },
  });
  expect(bmc.changes(get)).toEqual(['00 08 00 01', '00 08 04 01 01', '00 08 05 00 00 00 00 00', '00 08 00 00']);
});

test('all options in one', async () => {
  const bmc = controller();
  const switches = { lockKeyboard: true, lockPowerButton: true, lockResetButton: true, bypassPassword: true };
  const result = await bmc.run(bootOverride, { device: 'disk', verbosity: 'verbose', clearCmos: true, ...switches });
  const boot =
    'disk once, CMOS cleared, keyboard locked, power button locked, reset button locked, password bypassed, verbosity verbose';
  expect(result).toEqual({ outcome: 'done', value: { boot } });
  expect(bmc.calls).toContain('00 08 05 80 c9 c8 00 00');
});

test('a controller that refuses all but the flags is content with them', async () => {
  const bmc = controller({}, (command, data) => {
    if (command === '00 08' && data[0] !== 5) return 0x80;
    return command === get && data[0] !== 5 ? 0xcc : 'usual';
  });
  await expect(bmc.run(bootOverride, { device: 'pxe' })).resolves.toMatchObject({ outcome: 'done' });
});

test('refused flags are an error, and the change is ended', async () => {
  const bmc = controller({}, (command, data) => (command === '00 08' && data[0] === 5 ? 0xc9 : 'usual'));
  await expect(bmc.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({ code: 'device.refused' });
  expect(bmc.calls.at(-1)).toBe('00 08 00 00');
});

test('a lost answer to the flags leaves the effect unknown', async () => {
  const bmc = controller({}, (command, data) => (command === '00 08' && data[0] === 5 ? undefined : 'usual'));
  await expect(bmc.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({
    code: 'connect.lost',
    effect: 'unknown',
  });
});

test('a time-out of the controller itself leaves the effect unknown as well', async () => {
  const bmc = controller({}, (command, data) => (command === '00 08' && data[0] === 5 ? 0xc3 : 'usual'));
  await expect(bmc.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({ effect: 'unknown' });
});

test('flags that are not held are unverified, and the power is left alone', async () => {
  const bmc = controller({}, (command, data) => (command === '00 08' && data[0] === 5 ? [] : 'usual'));
  const running = bmc.run(bootOverride, { device: 'pxe', power: 'reset' });
  await vi.runAllTimersAsync();
  await expect(running).resolves.toEqual({
    outcome: 'unverified',
    value: { boot: 'no override' },
    note: 'Accepted, but the controller holds: no override. The power was left alone.',
  });
  expect(bmc.calls.some((call) => call.startsWith('00 02'))).toBe(false);
});

test('flags that the controller takes over late are verified', async () => {
  let reads = 0;
  const bmc = controller({}, (command, data) => {
    return command === get && data[0] === 5 && reads++ === 1 ? [1, 5, ...none] : 'usual';
  });
  const running = bmc.run(bootOverride, { device: 'pxe' });
  await vi.runAllTimersAsync();
  await expect(running).resolves.toMatchObject({ outcome: 'done' });
});

test.each([
  ['reset', '00 02 03'],
  ['cycle', '00 02 02'],
])('%s follows the flags at once, and is asked once', async (power, act) => {
  const bmc = controller();
  await expect(bmc.run(bootOverride, { device: 'bios', power })).resolves.toEqual({
    outcome: 'done',
    value: { boot: 'bios once' },
  });
  expect(bmc.changes(get, status, '00 07').slice(-3)).toEqual(['00 08 05 80 18 00 00 00', '00 08 00 00', act]);
});

test('a restart whose answer was lost is unverified', async () => {
  const bmc = controller();
  bmc.confirms = false;
  const result = await bmc.run(bootOverride, { device: 'bios', power: 'cycle' });
  expect(result).toMatchObject({ outcome: 'unverified', value: { boot: 'bios once' } });
});

test('a restart of a computer that is off is refused before anything is written', async () => {
  const bmc = controller({ on: false });
  const refused = bmc.run(bootOverride, { device: 'bios', power: 'reset' });
  await expect(refused).rejects.toMatchObject({ code: 'device.state' });
  expect(bmc.changes(status)).toEqual([]);
});

test('power on: turns it on, or says that it was on', async () => {
  const off = controller({ on: false });
  await expect(off.run(bootOverride, { device: 'pxe', power: 'on' })).resolves.toMatchObject({ outcome: 'done' });
  expect(off.state.on).toBe(true);
  const on = controller();
  await expect(on.run(bootOverride, { device: 'pxe', power: 'on' })).resolves.toMatchObject({
    outcome: 'done',
    note: 'The computer was on already; the override waits for its next boot.',
  });
});

test('an answer for another option, or a short one, is an error of the protocol', async () => {
  const other = controller({}, (command) => (command === get ? [1, 4, ...none] : 'usual'));
  await expect(other.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({ code: 'protocol.invalid' });
  const short = controller({}, (command) => (command === get ? [1, 5, 0x80] : 'usual'));
  await expect(short.run(bootOverride, { device: 'pxe' })).rejects.toMatchObject({ code: 'protocol.truncated' });
});

test('what a plan says it leads to', () => {
  const then = (given: object): string | undefined => thenOf(bootOverride, { ...given });
  expect(then({ device: 'pxe', uefi: true })).toBe('pxe once, UEFI');
  expect(then({ device: 'none' })).toBe('no override');
  expect(then({ device: 'none', lockKeyboard: true })).toBe('usual device once, keyboard locked');
  expect(then({ device: 'bios', power: 'cycle' })).toBe('bios once; then power cycle');
});

test('a password in the URL is refused: it would stand in plans and reports', () => {
  const { error } = bootOverride.parameters.safeParse({ device: 'https', url: 'https://boot:secret@x.example/a.efi' });
  expect(error?.issues).toMatchObject([{ path: ['url'], message: 'a URL without user and password is expected' }]);
});

test('the schema tells advanced parameters from the usual ones', () => {
  const { properties = {} } = z.toJSONSchema(bootOverride.parameters, { io: 'input' });
  const usual = Object.entries(properties).filter(([, one]) => !(typeof one === 'object' && one.advanced === true));
  expect(usual.map(([name]) => name)).toEqual(['device', 'once', 'uefi', 'power', 'url']);
  expect(properties.clearCmos).toMatchObject({
    type: 'boolean',
    description: expect.stringMatching(/^DANGER/) as string,
  });
});
