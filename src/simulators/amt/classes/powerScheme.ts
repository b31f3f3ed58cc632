import type { AmtDevice } from '../device';
import { type AmtArea, type AmtClass, perDevice } from '../model/amtClass';
import { type Properties, reference } from '../model/values';

interface Scheme {
  readonly id: string;
  readonly guid: string;
  readonly description: string;
}

/** As recorded. */
const mobile: readonly Scheme[] = [
  { id: 'SCHEME 0', guid: 'djmXEQtWUEOIcJgS85G1YA==', description: 'Mobile: ON in S0' },
  {
    id: 'SCHEME 1',
    guid: 'MIAN7gnAeEOvKHhootu+Og==',
    description: 'Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)',
  },
];

/** The names are known, the GUIDs are none of a real device. */
const desktop: readonly Scheme[] = [
  { id: 'SCHEME 0', guid: 'AAAAAAAAAAAAAAAAAAAAAA==', description: 'Desktop: ON in S0' },
  { id: 'SCHEME 1', guid: 'AAAAAAAAAAAAAAAAAAAAAQ==', description: 'Desktop: ON in S0, ME Wake in S3, S4-5' },
];

function schemesOf({ hardware }: AmtDevice): readonly Scheme[] {
  return hardware.battery ? mobile : desktop;
}

/** Which power scheme is in force: the last, which lets the management engine wake. */
export const powerScheme = perDevice(() => ({ current: 'SCHEME 1' }));

const schemeKeys = ({ id, guid }: Scheme) => ({ InstanceID: id, SchemeGUID: guid });

const scheme: AmtClass = {
  name: 'AMT_SystemPowerScheme',
  keys: ['InstanceID', 'SchemeGUID'],
  list: (device) =>
    schemesOf(device).map((one) => ({
      ...schemeKeys(one),
      Description: one.description,
      ElementName: 'Intel(r) AMT Power Scheme',
    })),
  methods: {
    SetPowerScheme({ device, instance }) {
      if (typeof instance.InstanceID === 'string') powerScheme(device).current = instance.InstanceID;
      return 0;
    },
  },
};

const applied: AmtClass = {
  name: 'CIM_ElementSettingData',
  keys: ['ManagedElement', 'SettingData'],
  list: (device) =>
    schemesOf(device).map((one): Properties => ({
      IsCurrent: powerScheme(device).current === one.id ? 1 : 2,
      IsDefault: one.id === 'SCHEME 0' ? 1 : 2,
      ManagedElement: reference('CIM_ComputerSystem', {
        CreationClassName: 'CIM_ComputerSystem',
        Name: 'Intel(r) AMT',
      }),
      SettingData: reference('AMT_SystemPowerScheme', schemeKeys(one)),
    })),
};

/** In which states of the computer the management engine works. */
export const powerSchemes: AmtArea = { classes: [scheme, applied] };
