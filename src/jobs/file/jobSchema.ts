/** The JSON Schema that editors complete and check by. */
export function jobJsonSchema(): object {
  throw new Error('not yet');
}
