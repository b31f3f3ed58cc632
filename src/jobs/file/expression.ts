/** What `${{ … }}` and `if:` hold, parsed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `inputs.image`, `computer.tags.site`, `steps.wake.outputs.power` */
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    };
