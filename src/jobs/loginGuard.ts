import { SidebandError } from '../base/errors';
import type { Computer } from '../fleet/computer';
import type { TechnologyName } from '../fleet/technologyName';

const computersBeforeStop = 3;

/**
 * Keeps a wrong password from locking accounts on a whole fleet: once several computers have rejected a profile's login and none
 * has accepted it, the others are left alone.
 */
export class LoginGuard {
  readonly #logins = new Map<string, { rejections: number; accepted: boolean }>();

  assertWorthTrying(computer: Computer, technology: TechnologyName): void {
    const { rejections, accepted } = this.#login(computer, technology);
    if (accepted || rejections < computersBeforeStop) return;
    const whose = `the ${technology} login of profile ${computer.profile ?? ''}`;
    throw new SidebandError(
      'auth.rejected',
      `not tried: ${rejections} computers rejected ${whose} and none accepted it`,
    );
  }

  accepted(computer: Computer, technology: TechnologyName): void {
    this.#login(computer, technology).accepted = true;
  }

  failed(computer: Computer, technology: TechnologyName, { code }: SidebandError): void {
    if (code === 'auth.rejected' || code === 'auth.user') this.#login(computer, technology).rejections++;
  }

  #login({ name, profile }: Computer, technology: TechnologyName): { rejections: number; accepted: boolean } {
    const key = profile === undefined ? `computer ${name}` : `profile ${profile} ${technology}`;
    let login = this.#logins.get(key);
    if (!login) this.#logins.set(key, (login = { rejections: 0, accepted: false }));
    return login;
  }
}
