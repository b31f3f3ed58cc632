import type { Target, Task } from './client.mts';

export const user = 'admin';
export const password = 'demo';
/** Devices at once; every client gets the same. */
export const concurrency = 256;

const cim = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/';

export const gets: Readonly<Record<Task, readonly string[]>> = {
  power: ['CIM_AssociatedPowerManagementService'],
  inventory: ['CIM_Chassis', 'CIM_Card', 'CIM_BIOSElement', 'CIM_ComputerSystemPackage'],
};
export const enumerations: Readonly<Record<Task, readonly string[]>> = {
  power: [],
  inventory: ['CIM_PhysicalMemory', 'CIM_Processor', 'CIM_Chip', 'CIM_MediaAccessDevice', 'CIM_SoftwareIdentity'],
};
/** Stands in every complete answer of a class. */
export function isAnswer(name: string, body: string): boolean {
  return body.includes(`:${name}>`) || body.includes(`${name} `);
}

export function getEnvelope(name: string): string {
  return envelope(`${transfer}Get`, name, '');
}

export function enumerateEnvelope(name: string): string {
  return envelope(`${enumeration}Enumerate`, name, '<n:Enumerate/>');
}

export function pullEnvelope(name: string, context: string): string {
  const limits = '<n:MaxElements>999</n:MaxElements><n:MaxCharacters>99999</n:MaxCharacters>';
  const body = `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext>${limits}</n:Pull>`;
  return envelope(`${enumeration}Pull`, name, body);
}

let messageId = 0;

function envelope(action: string, name: string, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><s:Header><a:Action>${action}</a:Action><a:To>/wsman</a:To><w:ResourceURI>${cim}${name}</w:ResourceURI><a:MessageID>${++messageId}</a:MessageID><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><w:OperationTimeout>PT60S</w:OperationTimeout></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Works on all devices, so many at once; gives how many came through. */
export async function onAll(targets: readonly Target[], work: (target: Target) => Promise<boolean>): Promise<number> {
  let answers = 0;
  const left = targets[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const target of left) if (await work(target).catch(() => false)) answers++;
    }),
  );
  return answers;
}
