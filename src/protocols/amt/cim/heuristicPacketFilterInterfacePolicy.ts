import { amtClass } from '../../wsman/cimClass';
import { interfacePolicy } from '../cimFields';

/** The policy that the worm heuristics put in force; until generation 11. */
export const heuristicPacketFilterInterfacePolicy = amtClass('AMT_HeuristicPacketFilterInterfacePolicy', {
  ...interfacePolicy,
});
