import { installPeers } from '../installPeers.mts';

const versions = {
  meshcentral: '1.1.55',
  '@device-management-toolkit/wsman-messages': '5.14.1',
  'fast-xml-parser': '5.12.1',
  undici: '7.30.2',
};

/** The folder that other projects' clients can be required from. */
export function ensurePeers(): Promise<string> {
  return installPeers('peers', versions, '450 MB');
}
