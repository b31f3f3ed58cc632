import type { Target, Task } from './client.mts';

export const user = 'admin';
export const password = 'demo';
/** Devices at once; every client gets the same. */
export const concurrency = 256;

export const cim = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
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

/** Whether it holds an instance of the class, and its end. */
export function isAnswer(name: string, envelope: string): boolean {
  return envelope.includes(`:${name}>`) && envelope.includes(':Envelope>');
}

export function getEnvelope(name: string): string {
  return envelope(`${transfer}Get`, name, '');
}

function enumerateEnvelope(name: string): string {
  return envelope(`${enumeration}Enumerate`, name, '<n:Enumerate/>');
}

function pullEnvelope(name: string, context: string): string {
  const limits = '<n:MaxElements>999</n:MaxElements><n:MaxCharacters>99999</n:MaxCharacters>';
  const body = `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext>${limits}</n:Pull>`;
  return envelope(`${enumeration}Pull`, name, body);
}

/** Enumerates a class to the end of its sequence; whether instances came. */
export async function enumerate(name: string, post: (envelope: string) => Promise<string>): Promise<boolean> {
  let answer = await post(enumerateEnvelope(name));
  let hasInstances = false;
  do {
    const context = /EnumerationContext>([^<]+)</.exec(answer)?.[1];
    if (context === undefined) return false;
    answer = await post(pullEnvelope(name, context));
    hasInstances ||= isAnswer(name, answer);
  } while (!answer.includes('EndOfSequence'));
  return hasInstances;
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
