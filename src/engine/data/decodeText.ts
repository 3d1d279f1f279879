import { EngineError } from '../errors';
import type { ImportOptions } from './importOptions';
import type { Notice } from './summary';

// Present in every host (browser, worker, Node), but typed only by the DOM library, which the engine does not load.
declare class TextDecoder {
  constructor(label: string, options: { fatal: boolean });
  decode(bytes: Uint8Array): string;
}

type Encoding = NonNullable<ImportOptions['encoding']>;

export interface DecodedText {
  /** Without byte order mark and without NUL characters. */
  readonly text: string;
  readonly encoding: Encoding;
  /** The bytes are the characters of the text, one by one: plain ASCII. */
  readonly isPlain: boolean;
  /** Those of the bytes that are the text in UTF-8; null where it was written otherwise, or holds less than the file. */
  readonly utf8: Uint8Array | null;
  readonly notices: readonly Notice[];
}

/** A string holds at most about 2^29 characters in the smallest of the supported hosts. */
const MAX_BYTES = 480 * 1024 * 1024;

/** What windows-1252 has in place of the control characters 0x80-0x9f; 0 where it leaves them as they are. */
const WINDOWS_1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/**
 * Turns the bytes of a file into text. A byte order mark decides; without one (and without `encoding`) the file is
 * UTF-8 if its bytes are valid UTF-8, UTF-16 if every other byte is zero, else windows-1252, and the guess is told.
 * @param encoding The caller's choice; null to guess.
 * @returns Text that never holds a replacement character the file did not have; NUL characters are removed and told.
 * @throws EngineError `too-large` above 480 MB, `unreadable-file` if the bytes are not valid in the chosen encoding.
 */
export function decodeText(bytes: Uint8Array, encoding: ImportOptions['encoding'] = null): DecodedText {
  if (bytes.length > MAX_BYTES)
    throw new EngineError(
      'too-large',
      `The file has ${Math.round(bytes.length / 1048576)} MB; at most 480 MB can be read at once, so split it or import a sample of its rows.`,
      { bytes: bytes.length, limit: MAX_BYTES },
    );
  const notices: Notice[] = [];
  const { text: raw, used } = decode(bytes, encoding, notices);
  const text = raw.includes('\0') ? raw.replaceAll('\0', '') : raw;
  if (text.length < raw.length)
    notices.push({
      level: 'warning',
      text: `${raw.length - text.length} NUL characters were removed; check the cells around them, the first is on line ${lineOf(raw, raw.indexOf('\0'))}.`,
    });
  const lost = text.indexOf('\ufffd');
  if (lost >= 0)
    notices.push({
      level: 'warning',
      text: `The file already holds replacement characters (first on line ${lineOf(text, lost)}): letters were lost before this import.`,
    });
  // In UTF-8 every other character, and a byte order mark, has more bytes than places in the text.
  const isPlain = used === 'utf-8' && text.length === bytes.length;
  const isWhole = used === 'utf-8' && text.length === raw.length;
  const utf8 = isWhole ? bytes.subarray(byteOrderMark(bytes) === 'utf-8' ? 3 : 0) : null;
  return { text, encoding: used, isPlain, utf8, notices };
}

function decode(bytes: Uint8Array, encoding: ImportOptions['encoding'], notices: Notice[]) {
  const marked = byteOrderMark(bytes);
  const wanted = encoding ?? marked ?? unmarkedUtf16(bytes);
  if (wanted === null) {
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), used: 'utf-8' as const };
    } catch {
      notices.push({
        level: 'warning',
        text: 'The file is not valid UTF-8; it was read as windows-1252, so check the accented letters or choose another encoding.',
      });
      return { text: decodeWindows1252(bytes), used: 'windows-1252' as const };
    }
  }
  if (encoding === null && marked === null)
    notices.push({ level: 'info', text: `Every other byte is zero, so the file was read as ${wanted.toUpperCase()}.` });
  if (wanted === 'windows-1252') return { text: decodeWindows1252(bytes), used: wanted };
  try {
    return { text: new TextDecoder(wanted, { fatal: true }).decode(bytes), used: wanted };
  } catch (cause) {
    if (encoding === null && wanted === 'utf-8') {
      notices.push({
        level: 'warning',
        text: 'The file begins like UTF-8 but is not valid UTF-8; it was read as windows-1252, so check the accented letters.',
      });
      return { text: decodeWindows1252(bytes.subarray(3)), used: 'windows-1252' as const };
    }
    throw new EngineError(
      'unreadable-file',
      `The file is not valid ${wanted.toUpperCase()}: choose another encoding or save the file as UTF-8.`,
      { encoding: wanted },
      cause,
    );
  }
}

function byteOrderMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: mostly Latin text leaves nearly all high bytes, and none of the low ones, at zero. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length, 4096) & ~1;
  if (length < 8 || bytes.length % 2 === 1) return null;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i % 2]!++;
  const half = length / 2;
  if (zeros[1]! > 0.7 * half && zeros[0]! < 0.05 * half) return 'utf-16le';
  if (zeros[0]! > 0.7 * half && zeros[1]! < 0.05 * half) return 'utf-16be';
  return null;
}

/** Done by table because hosts disagree about bytes 0x80-0x9f. */
function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  const codes = new Uint16Array(8192);
  for (let from = 0; from < bytes.length; from += codes.length) {
    const length = Math.min(codes.length, bytes.length - from);
    for (let i = 0; i < length; i++) {
      const byte = bytes[from + i]!;
      codes[i] = (byte >= 0x80 && byte < 0xa0 && WINDOWS_1252[byte - 0x80]) || byte;
    }
    parts.push(String.fromCharCode(...codes.subarray(0, length)));
  }
  return parts.join('');
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}
