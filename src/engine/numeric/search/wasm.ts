const lebUnsigned = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 127;
    rest >>>= 7;
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
};

const lebSigned = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
    bytes.push(isLast ? low : low | 128);
    if (isLast) return bytes;
  }
};

const simd = (code: number, ...rest: number[]) => [0xfd, ...lebUnsigned(code), ...rest];
const memory = (align: number, offset: number) => [align, ...lebUnsigned(offset)];

/** The bytes of the few WebAssembly instructions that the kernels need. */
export const op = {
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  i32: (value: number) => [0x41, ...lebSigned(value)],
  store: (offset: number) => [0x36, ...memory(2, offset)],
  add: [0x6a],
  sub: [0x6b],
  below: [0x49],
  mul: [0x6c],
  and: [0x71],
  or: [0x72],
  shiftLeft: [0x74],
  trailingZeros: [0x68],
  isZero: [0x45],
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  branch: (depth: number) => [0x0c, depth],
  branchIf: (depth: number) => [0x0d, depth],
  vZero: simd(0x0c, ...new Array<number>(16).fill(0)),
  vLoad: (offset: number) => simd(0x00, ...memory(4, offset)),
  vLoadSplat: (offset: number) => simd(0x09, ...memory(2, offset)),
  vStore: (offset: number) => simd(0x0b, ...memory(4, offset)),
  vNotEqual: simd(0x42),
  vAtMost: simd(0x45),
  vAnd: simd(0x4e),
  vOr: simd(0x50),
  vAny: simd(0x53),
  vWholeMore: simd(0x3b),
  vMask: simd(0xa4),
  vWholeAdd: simd(0xae),
  /** Eight products of sixteen-bit whole numbers, added in pairs to four of 32 bits. */
  vWholeDot: simd(0xba),
  vAdd: simd(0xe4),
  vSub: simd(0xe5),
  vMul: simd(0xe6),
  /** a < b ? b : a, one machine instruction; keeps a where either is NaN. */
  vMax: simd(0xeb),
} as const;

const type = { i32: 0x7f, v128: 0x7b } as const;
type ValueType = keyof typeof type;

const vector = (items: readonly (readonly number[])[]) => [...lebUnsigned(items.length), ...items.flat()];
const section = (id: number, body: readonly number[]) => [id, ...lebUnsigned(body.length), ...body];
const text = (letters: string) => vector([...letters].map((letter) => [letter.charCodeAt(0)]));

/** A function of numbers that gives back a whole number. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly (readonly [count: number, type: ValueType])[];
  readonly code: readonly number[];
}

/** A module that imports `host.memory` and exports the functions. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [type.i32])),
    ...vector([[type.i32]]),
  ]);
  const bodies = functions.map(({ locals, code }) => {
    const declared = vector(locals.map(([count, kind]) => [...lebUnsigned(count), type[kind]]));
    const body = [...declared, ...code, ...op.end];
    return [...lebUnsigned(body.length), ...body];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(types)),
    ...section(2, vector([[...text('host'), ...text('memory'), 0x02, 0x00, 0x01]])),
    ...section(3, vector(functions.map((_, i) => [i]))),
    ...section(7, vector(functions.map(({ name }, i) => [...text(name), 0x00, i]))),
    ...section(10, vector(bodies)),
  ]);
}
