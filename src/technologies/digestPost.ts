import { SidebandError } from '../base/errors';
import { parseChallenges } from '../protocols/auth/challenge';
import { DigestLogin } from '../protocols/auth/digest';
import type { HttpClient, HttpResponse } from '../transport/http';
import type { Secret } from '../base/secret';

/** Old firmware takes an aged nonce for a wrong password, and people may take minutes to enter one. */
const freshMs = 30_000;

export interface PostRequest {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

/** Posts to one device, logged in by HTTP digest. A rejected password is tried once and never again. */
export class DigestPost implements AsyncDisposable {
  readonly #http: HttpClient;
  readonly #user: string;
  readonly #password: (signal: AbortSignal) => Promise<Secret>;
  #login: DigestLogin | undefined;
  #greeting: { readonly challenge: readonly string[]; readonly atMs: number } | undefined;
  #rejection: SidebandError | undefined;

  constructor(http: HttpClient, user: string, password: (signal: AbortSignal) => Promise<Secret>) {
    this.#http = http;
    this.#user = user;
    this.#password = password;
  }

  /** Posts nothing, without a login: what the device says of itself, and its challenge for the requests that follow. */
  async greet(path: string, signal: AbortSignal): Promise<HttpResponse> {
    const response = await this.#http.request({ method: 'POST', path, headers: {}, body: '' }, signal);
    const challenge = response.headers.get('www-authenticate') ?? [];
    if (response.status === 401) this.#greeting = { challenge, atMs: performance.now() };
    return response;
  }

  /** What the device called itself when it was greeted. */
  get realm(): string | undefined {
    const challenges = parseChallenges(this.#greeting?.challenge ?? []);
    const digest = challenges.find(({ scheme }) => scheme === 'digest');
    return digest?.parameters.get('realm');
  }

  /** Any answer but a refused login. Rejects with `auth.*`, or as `HttpClient.request` does. */
  async post(request: PostRequest, signal: AbortSignal): Promise<HttpResponse> {
    if (this.#rejection) throw this.#rejection;
    const login = (this.#login ??= await this.#startLogin(signal));
    for (;;) {
      const response = await this.#send(request, login, signal);
      if (response.status !== 401) return response;
      const verdict = login.challenge(response.headers.get('www-authenticate') ?? []);
      if (verdict === 'unsupported') throw unsupported();
      if (verdict === 'rejected') {
        const hint = 'Check user and password; after too many wrong ones the device locks the account for a while.';
        this.#rejection = new SidebandError('auth.rejected', `the login as ${this.#user} was rejected`, { hint });
        throw this.#rejection;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http[Symbol.asyncDispose]();
  }

  async #startLogin(signal: AbortSignal): Promise<DigestLogin> {
    const login = new DigestLogin(this.#user, await this.#password(signal));
    const { challenge = [], atMs = 0 } = this.#greeting ?? {};
    const isFresh = performance.now() - atMs < freshMs;
    if (isFresh && challenge.length > 0 && login.challenge(challenge) === 'unsupported') throw unsupported();
    return login;
  }

  #send({ path, contentType, body }: PostRequest, login: DigestLogin, signal: AbortSignal): Promise<HttpResponse> {
    const authorization = login.authorize('POST', path, body);
    const headers = { 'Content-Type': contentType, ...(authorization && { Authorization: authorization }) };
    return this.#http.request({ method: 'POST', path, headers, body }, signal);
  }
}

function unsupported(): SidebandError {
  const hint = 'Sideband logs in by HTTP digest, with MD5 or SHA-256.';
  return new SidebandError('auth.rejected', 'the device offers no login that is spoken here', { hint });
}
