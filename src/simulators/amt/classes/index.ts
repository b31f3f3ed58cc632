import type { AmtDevice } from '../device';
import type { AmtArea, AmtClass } from '../model/amtClass';
import { power } from './power';

/** Everything that simulated devices have. A new area is one file here and one line below. */
export const areas: readonly AmtArea[] = [power];

const classes: readonly AmtClass[] = areas.flatMap((area) => area.classes);
const byName = new Map<string, readonly AmtClass[]>();
for (const one of classes) {
  for (const name of [one.name, ...(one.parents ?? [])]) {
    const known = byName.get(name) ?? [];
    byName.set(name, name === one.name ? [one, ...known] : [...known, one]);
  }
}

/** The classes whose instances an enumeration of this class gives, itself first; none when the device does not have it. */
export function classesUnder(device: AmtDevice, name: string): readonly AmtClass[] {
  return (byName.get(name) ?? []).filter((one) => one.isThere?.(device) ?? true);
}
