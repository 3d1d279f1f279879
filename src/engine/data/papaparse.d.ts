// The package's own types pull in Node and the DOM, which the engine must not see; only its tokenizer is used.
declare module 'papaparse/papaparse.js' {
  interface ParserResult {
    readonly data: string[][];
    readonly errors: readonly { readonly code: string; readonly index?: number }[];
    /** `cursor`: offset just behind the record, its line end included. */
    readonly meta: { readonly cursor: number };
  }
  interface ParserConfig {
    readonly delimiter: string;
    readonly newline: string;
    readonly preview?: number;
    readonly quoteChar?: string;
    readonly fastMode?: boolean;
    readonly step?: (result: ParserResult) => void;
  }
  class Parser {
    constructor(config: ParserConfig);
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult;
    /** Stops after the record that is being reported. */
    abort(): void;
  }
  const Papa: { readonly Parser: typeof Parser };
  export default Papa;
}
