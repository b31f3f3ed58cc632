import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass } from '../model/amtClass';

const identity: AmtClass = {
  name: 'CIM_SoftwareIdentity',
  keys: ['InstanceID'],
  isDated: true,
  list: (device) =>
    versionsOf(device).map(([InstanceID, VersionString]) => ({ InstanceID, IsEntity: true, VersionString })),
};

/** The firmware's versions and the kind of AMT that it is. */
export const software: AmtArea = { classes: [identity] };

function versionsOf({ profile }: AmtDevice): readonly (readonly [id: string, version: string])[] {
  const dot = profile.version.lastIndexOf('.');
  const version = profile.version.slice(0, dot);
  const build = profile.version.slice(dot + 1);
  return [
    ['Flash', version],
    ['Netstack', version],
    ['AMTApps', version],
    ['AMT', version],
    ['Sku', String(profile.sku)],
    ['VendorID', '8086'],
    ['Build Number', build],
    ['Recovery Version', version],
    ['Recovery Build Num', build],
    ['Legacy Mode', 'False'],
    ['AMT FW Core Version', version],
  ];
}
