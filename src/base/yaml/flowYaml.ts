import { stringify } from 'yaml';

/** A value in one line: `{ name: DNS, remotePort: 53 }`, or a scalar, with quotes where YAML needs them. */
export function flowYaml(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();
}

/** A value as a text of lines. */
export function blockYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
