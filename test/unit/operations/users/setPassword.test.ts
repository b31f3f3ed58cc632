import { expect, test } from 'vitest';
import { userSetPassword } from '../../../../src/operations/users/setPassword';
import { type Answer, FakeController } from '../../../fakes/ipmiController';

const hex = (text: string): string => Buffer.from(text).toString('hex').match(/../g)!.join(' ');

/** A controller with the users admin (2) and backup (3), both with this password. */
function controller({ password = 'old', tests = true, obeys = true, lies = false } = {}): FakeController {
  let held = password.padEnd(20, '\0');
  const names = ['', 'admin', 'backup'];
  return new FakeController((command, data): Answer => {
    const text = Buffer.from(data.slice(2)).toString().padEnd(20, '\0');
    switch (command) {
      case '06 42':
        return data[0] === 1 ? [1, 4] : 0xcc;
      case '06 44':
        return [3, 0x42, 0, 0x14];
      case '06 46':
        return [...Buffer.from((names[data[0]! - 1] ?? '').padEnd(16, '\0'))];
      case '06 47':
        if (data[1] === 3) return tests ? (lies || text === held ? [] : 0x80) : 0xc1;
        if (obeys) held = text;
        return [];
      default:
        return 0xc1;
    }
  });
}

function run(bmc: FakeController, user: string, password = 'new'): ReturnType<FakeController['run']> {
  bmc.storedPassword = password;
  return bmc.run(userSetPassword, { user, passwordOf: 'next' });
}

const writes = ({ calls }: FakeController): readonly string[] => calls.filter((call) => /^06 47 .. 02/.test(call));

// IPMI v2.0 section 22.30: user, operation 2, and 16 bytes.
test('is tested, set and tested again', async () => {
  const bmc = controller();
  expect(await run(bmc, 'backup')).toEqual({ outcome: 'done' });
  expect(writes(bmc)).toEqual([`06 47 03 02 ${hex('new'.padEnd(16, '\0'))}`]);
});

test('a user by its number, and a password of more than 16 bytes', async () => {
  const bmc = controller();
  expect(await run(bmc, '2', '0123456789abcdefg')).toEqual({ outcome: 'done' });
  expect(writes(bmc)).toEqual([`06 47 82 02 ${hex('0123456789abcdefg\0\0\0')}`]);
});

test('what is so already is not set', async () => {
  const bmc = controller({ password: 'new' });
  expect(await run(bmc, 'backup')).toEqual({ outcome: 'already' });
  expect(writes(bmc)).toEqual([]);
});

test('a controller that accepts without obeying, and one that does not test', async () => {
  expect(await run(controller({ obeys: false }), 'backup')).toEqual({
    outcome: 'unverified',
    note: 'The controller accepted the password, but the user still has another one.',
  });
  expect(await run(controller({ tests: false }), 'backup')).toMatchObject({ outcome: 'unverified' });
});

test('a controller that finds every password right is not believed', async () => {
  const bmc = controller({ lies: true });
  expect(await run(bmc, 'backup')).toMatchObject({ outcome: 'unverified' });
  expect(writes(bmc)).toHaveLength(1);
});

test('an unknown user, and a password that is too long, change nothing', async () => {
  const bmc = controller();
  await expect(run(bmc, 'nobody')).rejects.toMatchObject({
    code: 'device.refused',
    message: expect.stringContaining('no user "nobody"; it has: 1, admin, backup') as string,
  });
  await expect(run(bmc, 'admin', 'x'.repeat(21))).rejects.toMatchObject({ code: 'usage.invalid' });
  expect(writes(bmc)).toEqual([]);
});
