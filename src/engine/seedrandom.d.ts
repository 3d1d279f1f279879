declare module 'seedrandom/lib/xor4096.js' {
  interface Generator {
    (): number;
    int32(): number;
    double(): number;
    quick(): number;
  }
  export default function xor4096(seed: string): Generator;
}
