import { signedText } from '../../ui/signedText';

/** Numbers as this stage writes them. */
export const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** A correlation, or a difference of two. */
export const signed = (value: number): string => signedText(value, 2);
