import { SidebandError, toSidebandError } from '../../base/errors';
import type { Secret } from '../../base/secret';
import { longestPassword, setUserPassword } from '../../protocols/ipmi/commands/users';
import { change } from './change';
import type { IpmiClient } from './client';
import { readUsers } from './users';

/** Completion codes of a test: another password, and one of another size. */
const differs = new Set([0x80, 0x81]);

/** The id of the user with this name, or with this number. Rejects with `device.refused` when there is none. */
export async function findUser(client: IpmiClient, user: string, signal: AbortSignal): Promise<number> {
  const users = await readUsers(client, signal);
  const found = users.find(({ name }) => name === user) ?? users.find(({ id }) => String(id) === user);
  if (found) return found.id;
  const names = [...new Set(users.map(({ id, name }) => name || String(id)))].join(', ');
  throw new SidebandError('device.refused', `the controller has no user "${user}"; it has: ${names || 'none'}`);
}

/** Whether a user has this password. Needs the privilege level `administrator`. */
export async function hasPassword(
  client: IpmiClient,
  { user, password }: { readonly user: number; readonly password: Secret },
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.run(setUserPassword, { user, password: encode(password), operation: 'test' }, signal);
    return true;
  } catch (thrown) {
    const error = toSidebandError(thrown);
    if (differs.has(Number(error.details.completionCode))) return false;
    throw error;
  }
}

export async function writePassword(
  client: IpmiClient,
  { user, password }: { readonly user: number; readonly password: Secret },
  signal: AbortSignal,
): Promise<void> {
  await change(client, setUserPassword, { user, password: encode(password), operation: 'set' }, signal);
}

function encode(password: Secret): Uint8Array {
  const bytes = new TextEncoder().encode(password.reveal());
  if (bytes.length > longestPassword) {
    throw new SidebandError('usage.invalid', `the new password is longer than IPMI’s ${longestPassword} bytes`);
  }
  return bytes;
}
