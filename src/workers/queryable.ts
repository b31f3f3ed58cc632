export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Where statements go: a database, or a transaction in it. */
export interface Queryable {
  /** Rejects with what the server or the connection says. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}
