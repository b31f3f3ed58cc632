import * as z from 'zod';

/** A URL. One with a password in it is refused: it would stand in plans, reports and the ledger. */
export function webUrl(protocol: RegExp): z.ZodURL {
  return z.url({ protocol }).refine((text) => !holdsLogin(text), 'a URL without user and password is expected');
}

function holdsLogin(text: string): boolean {
  const { username = '', password = '' } = URL.parse(text) ?? {};
  return username !== '' || password !== '';
}
