import * as z from 'zod';
import { refineTls, tlsOptions } from '../tls';

/** The `amt` section of a profile. */
export const amtOptions = z
  .strictObject({
    user: z.string().min(1).max(255).describe('The user name on the device; `admin` is the built-in one'),
    port: z.int().min(1).max(65535).optional().describe('The TCP port; left out, 16993 with TLS or 16992 in clear'),
    tls: z
      .boolean()
      .optional()
      .describe('Only with TLS, or only in clear. Left out: with TLS where the device offers it, otherwise in clear'),
    ...tlsOptions.shape,
  })
  .superRefine(refineTls);

export type AmtOptions = z.output<typeof amtOptions>;
