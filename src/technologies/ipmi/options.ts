import * as z from 'zod';

const suiteIds = [0, 1, 2, 3, 15, 16, 17] as const;

/** The `ipmi` section of a profile. */
export const ipmiOptions = z
  .strictObject({
    user: z
      .string()
      .min(1)
      .refine((user) => new TextEncoder().encode(user).length <= 16, 'a user name of at most 16 bytes is expected')
      .describe('The user name on the controller, at most 16 bytes'),
    port: z.int().min(1).max(65535).default(623).describe('The UDP port'),
    cipherSuite: z
      .literal(suiteIds)
      .optional()
      .describe('The cipher suite: 17 (SHA-256) or 3 (SHA-1). Left out, 17 is tried first, then 3'),
    privilege: z
      .enum(['user', 'operator', 'administrator'])
      .default('operator')
      .describe('The privilege level to log in with; `operator` may power computers'),
    allowInsecure: z
      .boolean()
      .default(false)
      .describe('Allow cipher suites without authentication, integrity or encryption (0, 1, 2, 15, 16)'),
  })
  .refine(({ cipherSuite, allowInsecure }) => allowInsecure || cipherSuite === undefined || isSecureId(cipherSuite), {
    path: ['cipherSuite'],
    message: 'this cipher suite protects nothing: use 17 or 3, or say `allowInsecure: true`',
  });

export type IpmiOptions = z.output<typeof ipmiOptions>;

function isSecureId(id: (typeof suiteIds)[number]): boolean {
  return id === 3 || id === 17;
}
