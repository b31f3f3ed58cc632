import { SidebandError } from '../../../base/errors';
import { bootSourceSetting } from '../../../protocols/amt/cim/bootSourceSetting';
import { orderedComponent } from '../../../protocols/amt/cim/orderedComponent';
import type { InstanceOf } from '../../../protocols/wsman/cimClass';
import type { AmtClient } from '../client';
import { type AmtBootDevice, bootDevices, recoverySource } from './bootDevices';

/** What the next boot is forced to start from. */
export interface ChosenSource {
  /** InstanceID of a CIM_BootSourceSetting. */
  readonly id: string;
  readonly device: string;
  /** Which of several pre-boot applications; 0 is the first. */
  readonly bootIndex: number;
}

/** The chosen source, or `none`. Nothing when the device does not tell. */
export async function readSource(client: AmtClient, signal: AbortSignal): Promise<ChosenSource | 'none' | undefined> {
  const components = await client.list(orderedComponent, signal);
  const sources = components.filter(({ PartComponent: part }) => part?.resourceUri === bootSourceSetting.resourceUri);
  if (sources.length === 0) return undefined;
  const order = ({ AssignedSequence = 0 }: (typeof sources)[number]): number => AssignedSequence;
  const [first] = sources.filter((one) => order(one) > 0).sort((one, other) => order(one) - order(other));
  const id = first?.PartComponent?.selectors.InstanceID;
  if (typeof id !== 'string') return 'none';
  const [device = id] = Object.entries(bootDevices).find(([, { source }]) => source === id) ?? [];
  if (!id.startsWith(recoverySource)) return { id, device, bootIndex: 0 };
  const { recovery, applications } = await listRecovery(client, signal);
  if (recovery.includes(id)) return { id, device: 'recovery', bootIndex: 0 };
  const at = applications.indexOf(id);
  return { id, device: 'pba', bootIndex: at > 0 ? at + 1 : 0 };
}

/** The InstanceID of the source for a device; nothing when none is forced. Rejects with `device.unsupported` when none is listed. */
export async function findSource(
  client: AmtClient,
  { device, bootIndex }: { readonly device: AmtBootDevice; readonly bootIndex: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  if (device === 'none') return undefined;
  const { source, words } = bootDevices[device];
  if (device !== 'recovery' && device !== 'pba') return source;
  const { recovery, applications } = await listRecovery(client, signal);
  const found = device === 'recovery' ? recovery[0] : applications[Math.max(0, bootIndex - 1)];
  if (found !== undefined) return found;
  const which = bootIndex > 1 ? ` number ${bootIndex} of ${words}` : ` ${words}`;
  throw new SidebandError('device.unsupported', `the firmware lists no${which}`);
}

/** The numbered options of One-Click Recovery, told apart by what the firmware calls them. */
async function listRecovery(
  client: AmtClient,
  signal: AbortSignal,
): Promise<{ readonly recovery: readonly string[]; readonly applications: readonly string[] }> {
  const listed = await client.list(bootSourceSetting, signal);
  const isRecovery = ({ BIOSBootString = '' }: InstanceOf<typeof bootSourceSetting>): boolean =>
    /winre/i.test(BIOSBootString);
  const idsOf = (options: typeof listed): readonly string[] =>
    options.flatMap(({ InstanceID: id }) => (id?.startsWith(recoverySource) ? [id] : []));
  return {
    recovery: idsOf(listed.filter(isRecovery)),
    applications: idsOf(listed.filter((one) => !isRecovery(one))),
  };
}
