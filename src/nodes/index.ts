import { computerSystem } from './general/computerSystem';
import { fieldReplaceableUnits } from './hardware/fieldReplaceableUnits';
import { motherboard } from './hardware/motherboard';
import { systemEventLog } from './logs/systemEventLog';
import type { Node } from './node';
import { sensors } from './sensors/sensors';

/** All nodes, in the order of the tree. */
export const nodes: readonly Node[] = [computerSystem, motherboard, fieldReplaceableUnits, sensors, systemEventLog];
