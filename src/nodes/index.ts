import { bios } from './general/bios';
import { computerSystem } from './general/computerSystem';
import { fieldReplaceableUnits } from './hardware/fieldReplaceableUnits';
import { motherboard } from './hardware/motherboard';
import { systemEventLog } from './logs/systemEventLog';
import { networkAdapterConfiguration } from './network/networkAdapterConfiguration';
import type { Node } from './node';
import { powerReading } from './power/powerReading';
import { sensors } from './sensors/sensors';
import { sessions } from './users/sessions';
import { users } from './users/users';

/** All nodes, in the order of the tree. */
export const nodes: readonly Node[] = [
  computerSystem,
  bios,
  motherboard,
  fieldReplaceableUnits,
  sensors,
  powerReading,
  systemEventLog,
  networkAdapterConfiguration,
  users,
  sessions,
];
