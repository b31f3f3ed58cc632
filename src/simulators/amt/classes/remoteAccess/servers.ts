import { isIP } from 'node:net';
import type { AmtDevice } from '../../device';
import type { AmtClass, Context, Output } from '../../model/amtClass';
import { invalidValue, refused } from '../../model/fault';
import { PtStatus } from '../../model/ptStatus';
import { keyText } from '../../model/selectors';
import type { Sent } from '../../model/sent';
import { noReference, type Reference, reference, serviceKeys, systemKeys } from '../../model/values';
import { isStrongPassword } from '../strongPassword';
import { limits, type PresenceServer, remoteAccessOf } from './state';

const longestText = 16;
const byCertificate = 1;
const byPassword = 2;
/** InfoFormat. */
const Format = { ipv4: 3, ipv6: 4, name: 201 } as const;

export function serverName({ number }: Pick<PresenceServer, 'number'>): string {
  return `Intel(r) AMT:Management Presence Server ${number}`;
}

export function serverReference(server: PresenceServer): Reference {
  const className = 'AMT_ManagementPresenceRemoteSAP';
  return reference(className, {
    CreationClassName: className,
    Name: serverName(server),
    SystemCreationClassName: 'CIM_ComputerSystem',
    SystemName: 'Intel(r) AMT',
  });
}

export function findServer(device: AmtDevice, { className, keys }: Reference): PresenceServer | undefined {
  if (className !== 'AMT_ManagementPresenceRemoteSAP') return undefined;
  return remoteAccessOf(device).servers.find((server) => serverName(server) === keys.Name);
}

export const managementPresence: AmtClass = {
  name: 'AMT_ManagementPresenceRemoteSAP',
  keys: serviceKeys,
  isDated: true,
  list: (device) =>
    remoteAccessOf(device).servers.map((server) => ({
      ...systemKeys('AMT_ManagementPresenceRemoteSAP'),
      AccessInfo: server.address,
      CN: server.commonName,
      ElementName: 'Intel(r) AMT:Management Presence Server',
      InfoFormat: server.format,
      Name: serverName(server),
      Port: server.port,
    })),
  delete({ device, instance }) {
    const own = remoteAccessOf(device);
    const server = own.servers.find((one) => serverName(one) === keyText(instance, 'Name'));
    if (!server) return;
    const uses = [...own.policies.values()].flatMap(({ servers }) => servers);
    if (uses.some((use) => use.server === server.number)) throw refused(PtStatus.notPermitted);
    own.servers = own.servers.filter((one) => one !== server);
  },
};

export const mpsUsernamePassword: AmtClass = {
  name: 'AMT_MPSUsernamePassword',
  keys: ['InstanceID'],
  isDated: true,
  list: (device) =>
    remoteAccessOf(device)
      .servers.filter(({ user }) => user !== undefined)
      .map(({ number, user }) => ({ InstanceID: passwordId(number), RemoteID: user })),
  put({ device, instance }, sent) {
    const own = remoteAccessOf(device);
    const server = own.servers.find(({ number }) => passwordId(number) === instance.InstanceID);
    const user = sent.requiredText('RemoteID');
    const secret = sent.text('Secret');
    if (!server || user.length > longestText) throw invalidValue();
    if (secret !== undefined && !isStrongPassword(secret, longestText)) throw invalidValue();
    own.servers = own.servers.map((one) => (one === server ? { ...one, user } : one));
  },
  putReply: 'empty',
};

/** AMT_RemoteAccessService.AddMpServer. */
export function addMpServer({ device }: Context, input: Sent): Output {
  const failed = (ReturnValue: number): Output => ({ MpServer: noReference, ReturnValue });
  const read = readServer(input);
  if (!read) return failed(PtStatus.invalidParameter);
  const own = remoteAccessOf(device);
  const isKnown = own.servers.some(({ address, port }) => address === read.address && port === read.port);
  if (isKnown) return failed(PtStatus.duplicate);
  if (own.servers.length >= limits.servers) return failed(PtStatus.maxLimitReached);
  const server: PresenceServer = { ...read, number: own.madeServers++ };
  own.servers = [...own.servers, server];
  return { MpServer: serverReference(server), ReturnValue: PtStatus.success };
}

/** Nothing for what does not fit together. A server that is named by its address needs the name in its certificate too. */
function readServer(input: Sent): Omit<PresenceServer, 'number'> | undefined {
  const address = input.requiredText('AccessInfo');
  const format = input.requiredInteger('InfoFormat');
  const port = input.requiredInteger('Port');
  const method = input.requiredInteger('AuthMethod');
  const commonName = input.text('CN') ?? (format === Format.name ? address : '');
  if (!isAddress(address, format) || port < 1 || port > 0xffff || commonName === '') return undefined;
  if (method === byCertificate) {
    return input.has('Certificate') ? { address, format, port, commonName, user: undefined } : undefined;
  }
  const user = input.text('Username') ?? '';
  const isLogin =
    user !== '' && user.length <= longestText && isStrongPassword(input.text('Password') ?? '', longestText);
  return method === byPassword && isLogin ? { address, format, port, commonName, user } : undefined;
}

export function isAddress(text: string, format: number): boolean {
  if (format === Format.ipv4) return isIP(text) === 4;
  if (format === Format.ipv6) return isIP(text) === 6;
  return (
    format === Format.name &&
    isIP(text) === 0 &&
    text.length <= 256 &&
    /^[\dA-Za-z](?:[\dA-Za-z.-]*[\dA-Za-z])?$/.test(text)
  );
}

function passwordId(number: number): string {
  return `Intel(r) AMT:MPS Username Password ${number}`;
}
