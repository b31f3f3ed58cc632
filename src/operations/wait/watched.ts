import { amt } from '../../technologies/amt/amt';
import { ipmi } from '../../technologies/ipmi/ipmi';
import type { PowerClient } from '../../technologies/power';
import type { Technology } from '../../technologies/technology';

/** A technology that is seen to answer when the power is read. */
export type Watched = Technology<Pick<PowerClient, 'readPower'> & AsyncDisposable>;

/** In the order in which they are asked. */
export const watched: readonly Watched[] = [amt, ipmi];
