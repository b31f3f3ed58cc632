/** Text from devices and files without control characters, which could steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is to go
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
