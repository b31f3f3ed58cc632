import { getUserAccess, getUserName } from '../../protocols/ipmi/commands/users';
import { lanChannels } from './channels';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';

const privileges = ['', 'callback', 'user', 'operator', 'administrator', 'OEM'];

/** `administrator`, IPMI v2.0 section 6.8. */
export function privilegeName(level: number): string {
  return privileges[level] ?? `privilege ${level}`;
}

/** A user of the controller on one channel. */
export interface ControllerUser {
  readonly id: number;
  readonly name: string;
  readonly channel: number;
  /** Absent where the controller does not tell. */
  readonly enabled?: boolean;
  readonly privilege: string;
  readonly messaging: boolean;
  readonly linkAuthentication: boolean;
  readonly callbackOnly: boolean;
}

/** The users of each LAN channel; places without a name and without access are left out. IPMI v2.0 section 22.26. */
export async function readUsers(client: IpmiClient, signal: AbortSignal): Promise<readonly ControllerUser[]> {
  const users: ControllerUser[] = [];
  const names = new Map<number, string>();
  for (const channel of await lanChannels(client, signal)) {
    for (let user = 1, last = 1; user <= last; user++) {
      const access = await ifRefused(client.run(getUserAccess, { channel, user }, signal), undefined);
      if (!access) continue;
      last = access.maximumUsers;
      const name = names.get(user) ?? (await ifRefused(client.run(getUserName, user, signal), ''));
      names.set(user, name);
      const { enabled, limit, messaging, linkAuthentication, callbackOnly } = access;
      if (name === '' && (limit === undefined || enabled !== true)) continue;
      users.push({
        ...{ id: user, name, channel, privilege: limit === undefined ? 'none' : privilegeName(limit) },
        ...(enabled !== undefined && { enabled }),
        ...{ messaging, linkAuthentication, callbackOnly },
      });
    }
  }
  return users;
}
