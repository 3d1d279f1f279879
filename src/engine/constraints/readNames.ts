import { called, type Reader } from './language/parseExpression';
import { textError } from './language/textError';
import { keywords } from './language/tokens';

/** One column's name. @throws EngineError `bad-rule` for anything else. */
export function readName(reader: Reader, where: string): string {
  const token = reader.take();
  if (token.kind === 'name' || (token.kind === 'word' && !keywords.has(token.text))) return token.text;
  throw textError(token, `expected the name of a column ${where}, found ${called(token)}.`);
}

/** A number, which may be negative; null where the next token is none. */
export function readNumber(reader: Reader): number | null {
  const isNegative = reader.isAt('-');
  const token = reader.peek(isNegative ? 1 : 0);
  if (token.kind !== 'number') return null;
  if (isNegative) reader.take();
  reader.take();
  return isNegative ? -Number(token.text) : Number(token.text);
}

/** "a .. b" with one end at least. @throws EngineError `bad-rule` for anything else. */
export function readBounds(
  reader: Reader,
  where: string,
): { readonly min: number | null; readonly max: number | null } {
  const start = reader.peek();
  const min = readNumber(reader);
  if (!reader.takes('..')) throw textError(start, `expected a range such as 0 .. 5 ${where}, found ${called(start)}.`);
  const max = readNumber(reader);
  if (min === null && max === null) throw textError(start, `the range ${where} needs at least one end.`);
  return { min, max };
}

export const printBounds = ({ min, max }: { readonly min: number | null; readonly max: number | null }): string =>
  `${min === null ? '' : `${min} `}..${max === null ? '' : ` ${max}`}`;
