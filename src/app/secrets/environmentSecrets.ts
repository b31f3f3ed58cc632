import { Secret, type SecretKey, type SecretSource } from '../../base/secret';

/** `SIDEBAND_SECRET_<PROFILE>_<TECHNOLOGY>`, every character but letters and digits an underscore; ad-hoc URLs: `SIDEBAND_PASSWORD`. */
export function variableOf({ profile, technology }: SecretKey): string {
  if (profile === undefined) return 'SIDEBAND_PASSWORD';
  return `SIDEBAND_SECRET_${profile}_${technology}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** Passwords from the environment. */
export function environmentSecrets(env: NodeJS.ProcessEnv): SecretSource {
  const known = new Map<string, Secret>();
  return {
    get(key) {
      const variable = variableOf(key);
      const value = env[variable] ?? '';
      // An empty one is how scripts leave a variable out, and would be counted as a wrong password.
      if (value === '') return Promise.resolve(undefined);
      const secret = known.get(variable) ?? new Secret(value);
      known.set(variable, secret);
      return Promise.resolve(secret);
    },
  };
}
