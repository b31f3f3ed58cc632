import { cimClass, integer, reference } from '../../wsman/cimClass';

/** What belongs (`PartComponent`) to something in an order (`GroupComponent`). Number 0 does not count. */
export const orderedComponent = cimClass('CIM_OrderedComponent', {
  AssignedSequence: integer,
  GroupComponent: reference,
  PartComponent: reference,
});
