import type { AmtClass } from '../model/amtClass';
import { managedSystem, reference } from '../model/values';
import { bootSources } from './bootSources';
import { bootState } from './bootState';

const configuration = reference('CIM_BootConfigSetting', { InstanceID: 'Intel(r) AMT: Boot Configuration 0' });
/** IsNext of CIM_ElementSettingData. */
const isNotNext = 2;
const isNextForSingleUse = 3;

/** Whether the boot configuration is that of the next boot. */
const elementSettingData: AmtClass = {
  name: 'CIM_ElementSettingData',
  keys: ['ManagedElement', 'SettingData'],
  list: (device) => [
    {
      IsNext: bootState(device).isNext ? isNextForSingleUse : isNotNext,
      ManagedElement: managedSystem,
      SettingData: configuration,
    },
  ],
};

/** Which source the boot configuration has: number 1, the others 0. */
const orderedComponent: AmtClass = {
  name: 'CIM_OrderedComponent',
  keys: ['GroupComponent', 'PartComponent'],
  list: (device) =>
    bootSources(device).map(({ id }) => ({
      AssignedSequence: bootState(device).source === id ? 1 : 0,
      GroupComponent: configuration,
      PartComponent: reference('CIM_BootSourceSetting', { InstanceID: id }),
    })),
};

export const bootOrder: readonly AmtClass[] = [elementSettingData, orderedComponent];
