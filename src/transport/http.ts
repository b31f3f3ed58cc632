import type { TcpEndpoint } from './tcp';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** The request target, beginning with a slash. */
  readonly path: string;
  /** Besides Host and Content-Length, which are added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name, in the order of arrival. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Whole, without its framing. */
  readonly body: Uint8Array;
}

/**
 * HTTP/1.1 to one device: one connection, opened when it is first needed and again when the device has closed it, one request at
 * a time. It follows no redirect, keeps no cookie and knows no proxy.
 */
export interface HttpClient extends AsyncDisposable {
  /**
   * Rejects with `dns.failed`, `connect.*`, `tls.*` or `protocol.*`. Its effect is `unknown` from the moment when the request may
   * have reached the device; before that it is `none`. Nothing is ever sent twice.
   */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

export interface HttpTransport {
  open(to: TcpEndpoint): HttpClient;
}
