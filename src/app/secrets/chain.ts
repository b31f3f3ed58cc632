import type { SecretSource } from '../../base/secret';

/** The first source that knows a password gives it. */
export function chainSecrets(...sources: readonly SecretSource[]): SecretSource {
  return {
    async get(key, signal) {
      for (const source of sources) {
        const secret = await source.get(key, signal);
        if (secret) return secret;
      }
      return undefined;
    },
  };
}
