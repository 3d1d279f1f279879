const named: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
]);

/** The characters that XML, GML and (with `#` for `&`) Mermaid write as `&quot;` or `&#10;`. Unknown ones stay as they are. */
export const withoutEntities = (text: string, lead: '&' | '#' = '&'): string =>
  text.replace(lead === '&' ? /&(#x?[0-9A-Fa-f]+|[a-z]+);/g : /#(x?[0-9A-Fa-f]+|[a-z]+);/g, (whole, body: string) => {
    const known = named.get(body);
    if (known !== undefined) return known;
    const digits = body.replace(/^#/, '');
    const code = /^x[0-9A-Fa-f]+$/.test(digits)
      ? Number.parseInt(digits.slice(1), 16)
      : /^[0-9]+$/.test(digits)
        ? Number(digits)
        : -1;
    return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** Text with the characters that `special` matches written as numbers, such as `&#10;`. */
export const withEntities = (text: string, special: RegExp, lead: '&#' | '#' = '&#'): string =>
  [...text].map((one) => (special.test(one) ? `${lead}${one.codePointAt(0)};` : one)).join('');
