/** Every expected failure of the engine. Codes are stable: tests, the interface and the command line read them. */
export type EngineErrorCode =
  | 'cancelled'
  | 'empty-file'
  | 'no-rows'
  | 'unreadable-file'
  | 'too-large'
  | 'unclosed-quote'
  | 'unknown-column'
  | 'bad-target'
  | 'single-class'
  | 'too-few-rows'
  | 'cycle'
  | 'duplicate-node'
  | 'parse-error'
  | 'bad-map'
  | 'bad-rule'
  | 'rule-conflict'
  | 'bad-parameter'
  | 'unsupported-column'
  | 'not-fitted'
  | 'no-table'
  | 'no-run'
  | 'numeric-failure';

/**
 * An expected failure: `message` is one plain sentence that names the offending value and the way out;
 * `detail` carries the same facts for programs.
 */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: EngineErrorCode, message: string, detail: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}
