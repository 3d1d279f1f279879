/** Python that trains on the file by its weights, and the correction for models that cannot take weights. */
export function usageSnippet(target: string, rareLevels: readonly string[], interceptShift: number | null): string {
  const isRare = `table[${JSON.stringify(target)}].astype(str).isin(${JSON.stringify(rareLevels)})`;
  const lines = [
    'import pandas as pd',
    'from sklearn.linear_model import LogisticRegression',
    '',
    'table = pd.read_csv("augmented.csv")',
    `y = ${isRare}`,
    'X = pd.get_dummies(table[["...your features..."]])',
    'model = LogisticRegression(max_iter=1000).fit(X, y, sample_weight=table["weight"])',
  ];
  if (interceptShift !== null)
    lines.push(
      '',
      '# Trained without weights instead? Then correct the log odds:',
      `# logit(p) = logit(p_model) + (${interceptShift.toFixed(4)})`,
    );
  return lines.join('\n');
}
