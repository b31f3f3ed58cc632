import { amt } from './amt/amt';
import { ipmi } from './ipmi/ipmi';
import type { Technology } from './technology';

export const technologies: readonly Technology[] = [amt, ipmi];
