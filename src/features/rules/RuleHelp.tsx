const lines: readonly (readonly [string, string])[] = [
  ['age in 18 .. 90', 'between two values; one end may be left open'],
  ['dose in 0 .. 50 step 10', 'on a grid'],
  ['whole visits', 'whole numbers only'],
  ['sex in ("female", "male")', 'one of these'],
  ['admitted <= left gap 0 .. 30', 'in this order, 0 to 30 (days) apart'],
  ['total = price * count within 0.01', 'calculated; recalculated in every synthetic row'],
  ['if treated = "no" then dose = 0', 'one follows from the other'],
  ['never sex = "male" and pregnant = "yes"', 'never together'],
  ['crp rises with severity', 'or falls with: inside the mechanism of crp'],
  ['effect of dose on crp at most 5', 'inside the mechanism of crp'],
  ['fixed sex', 'kept from the real row'],
  ['time sex, age | dose | disease', 'no arrow goes back in time'],
  ['support at least 0.02', 'no farther out than 98 % of the real rare rows'],
  ['off dose >= 0', 'switched off'],
];

/** The language on one page, folded away until it is wanted. */
export function RuleHelp() {
  return (
    <details className="disclosure">
      <summary>How rules are written</summary>
      <div className="rule-help">
        <table className="plain-table">
          <tbody>
            {lines.map(([line, words]) => (
              <tr key={line}>
                <td>
                  <code>{line}</code>
                </td>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="muted">
          Any other statement is made of columns, numbers, "texts" and date("2020-01-31") with + - * / ^, &lt; &lt;= =
          != &gt;= &gt;, and, or, not, in, if … then … else …, abs, min, max, round, floor, ceil, log, exp, sqrt, year,
          month, day, weekday, hour, days, months, years(from, to), missing and known. A name with blanks stands in
          `backquotes`.
        </p>
        <p className="muted">
          What depends on a missing cell is unknown, and so is a calculation without a result, such as a division by
          zero. Unknown never counts as broken.
        </p>
      </div>
    </details>
  );
}
