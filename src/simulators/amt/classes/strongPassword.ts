const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w]/];
const shortest = 8;

/** At least eight characters of four kinds, as AMT wants its passwords. */
export function isStrongPassword(password: string, longest: number): boolean {
  return password.length >= shortest && password.length <= longest && kinds.every((kind) => kind.test(password));
}
