/** What can be read again at a price, kept between sessions and processes. Never rejects: what cannot be kept is forgotten. */
export interface Cache {
  get(key: string): Uint8Array | undefined;
  set(key: string, value: Uint8Array): void;
}
