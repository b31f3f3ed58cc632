export const technologyNames = ['amt', 'dash', 'ipmi', 'redfish', 'snmp', 'winrm', 'wol'] as const;
export type TechnologyName = (typeof technologyNames)[number];
