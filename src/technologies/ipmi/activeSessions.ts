import { getSessionInfo } from '../../protocols/ipmi/commands/getSessionInfo';
import { getUserName } from '../../protocols/ipmi/commands/users';
import type { IpmiClient } from './client';
import { ifRefused } from './refused';
import { privilegeName } from './users';

export interface ControllerSession {
  readonly handle: number;
  readonly user: number;
  readonly name: string;
  readonly privilege: string;
  readonly channel: number;
  readonly protocol: 'IPMI 1.5' | 'IPMI 2.0';
  readonly address?: string;
  readonly port?: number;
  /** The session that asks. */
  readonly own: boolean;
}

const ownSession = 0;

/** Who is logged in to the controller at the moment. IPMI v2.0 section 22.20. */
export async function readActiveSessions(
  client: IpmiClient,
  signal: AbortSignal,
): Promise<readonly ControllerSession[]> {
  const own = (await client.run(getSessionInfo, ownSession, signal)).session?.handle;
  const sessions: ControllerSession[] = [];
  const names = new Map<number, string>();
  for (let index = 1, active = 1; sessions.length < active; index++) {
    const info = await ifRefused(client.run(getSessionInfo, index, signal), undefined);
    if (!info || index > info.possible) break;
    ({ active } = info);
    if (!info.session) continue;
    const { handle, user, privilege, channel, isIpmi2, address, port } = info.session;
    const name = names.get(user) ?? (await ifRefused(client.run(getUserName, user, signal), ''));
    names.set(user, name);
    sessions.push({
      ...{ handle, user, name, privilege: privilegeName(privilege), channel },
      protocol: isIpmi2 ? 'IPMI 2.0' : 'IPMI 1.5',
      ...(address !== undefined && { address }),
      ...(port !== undefined && { port }),
      own: handle === own,
    });
  }
  return sessions;
}
