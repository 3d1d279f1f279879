/** Where a text stops being JSON, and what would have been right there. */
export interface JsonFault {
  readonly at: number;
  readonly expected: string;
}

const DEPTH_LIMIT = 1000;

/**
 * Finds the first fault in a text that `JSON.parse` refused. Browsers word their own messages differently and some give no
 * place, so the place is found here.
 */
export function jsonFault(text: string): JsonFault {
  const skip = (at: number) => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
    return at;
  };
  const scalar =
    /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
  const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
  const after = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  };
  /** The offset after the value, or the fault. */
  const value = (from: number, depth: number): number | JsonFault => {
    const start = skip(from);
    const isObject = text[start] === '{';
    if (!isObject && text[start] !== '[') {
      const end = after(scalar, start);
      return end < 0 ? { at: start, expected: 'a value' } : end;
    }
    const close = isObject ? '}' : ']';
    if (depth > DEPTH_LIMIT) return { at: start, expected: 'less nesting' };
    let at = skip(start + 1);
    if (text[at] === close) return at + 1;
    for (;;) {
      if (isObject) {
        const end = after(string, at);
        if (end < 0) return { at, expected: 'a key in double quotes' };
        at = skip(end);
        if (text[at] !== ':') return { at, expected: '":"' };
        at++;
      }
      const end = value(at, depth + 1);
      if (typeof end !== 'number') return end;
      at = skip(end);
      if (text[at] === close) return at + 1;
      if (text[at] !== ',') return { at, expected: `"," or "${close}"` };
      at = skip(at + 1);
    }
  };
  const end = value(0, 0);
  return typeof end === 'number' ? { at: skip(end), expected: 'the end of the text' } : end;
}
