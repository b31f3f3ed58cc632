/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const reserved = /^(true|false|yes|no|on|off|y|n|null|nan|inf|infinity)$/i;
/** Begins with a letter, and holds nothing that YAML gives a meaning. */
const plain = /^[A-Za-z][\w./()+ -]*[\w.)+]$|^[A-Za-z]$/;

/** A value as YAML reads it back: text without quotes where that is safe, otherwise in double quotes. */
export function formatYamlScalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return Number.isFinite(value) || typeof value === 'boolean' ? String(value) : '.nan';
  return plain.test(value) && !reserved.test(value) ? value : quote(value);
}

function quote(value: string): string {
  // JSON leaves these as they are; YAML does not take them.
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escape);
}
