import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/paths.mts';
import { remark } from './remark.mts';

const folder = join(root, 'test/fixtures/amt/wsman');
const largeBytes = 175 * 1024;
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** XML of devices, and how many envelopes are in it. */
export interface XmlDocument {
  readonly name: string;
  readonly text: string;
  readonly envelopes: number;
}

/** Recorded replies on one line each, as devices send them: one alone, and as many as make 175 KB inside of one element. */
export function recordedDocuments(): readonly [large: XmlDocument, small: XmlDocument] {
  const replies = globSync('**/{get,pull}.xml', { cwd: folder }).sort().map(readReply);
  const many: string[] = [];
  for (let length = 0, at = 0; length < largeBytes; at = (at + 1) % replies.length) {
    const reply = replies[at] ?? '';
    many.push(reply);
    length += reply.length;
  }
  const remarked = `<remark>${remark.written}</remark>`;
  const one = readReply('cim/associatedpower/managementservice/get.xml').replace(
    '</a:Header>',
    `${remarked}</a:Header>`,
  );
  return [
    { name: '175 KB', text: `${declaration}<replies>${remarked}${many.join('')}</replies>`, envelopes: many.length },
    { name: '2 KB', text: declaration + one, envelopes: 1 },
  ];
}

function readReply(file: string): string {
  const text = readFileSync(join(folder, file), 'utf8').trim();
  return text
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replaceAll(/>\s+</g, '><')
    .replaceAll(/\s+xmlns/g, ' xmlns');
}
