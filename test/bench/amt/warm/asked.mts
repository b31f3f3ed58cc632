/** What is asked for, again and again. */
export const className = 'CIM_AssociatedPowerManagementService';
