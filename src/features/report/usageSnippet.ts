import type { ExportSettings } from '../../engine/project/project';

export interface SnippetFacts {
  readonly fileName: string;
  readonly target: string;
  readonly rareLevels: readonly string[];
  /** How the file is written, which is how it was read. */
  readonly delimiter: string;
  readonly decimal: string;
  readonly interceptShift: number | null;
  readonly settings: ExportSettings;
}

/** Python that trains on the file by its weights, and the correction for models that cannot take weights. */
export function usageSnippet(facts: SnippetFacts): string {
  const { fileName, target, rareLevels, delimiter, decimal, interceptShift, settings } = facts;
  // A JSON string is a Python string.
  const quoted = (text: string) => JSON.stringify(text);
  const reading = [
    quoted(fileName),
    ...(delimiter === ',' ? [] : [`sep=${quoted(delimiter)}`]),
    ...(decimal === ',' ? ['decimal=","'] : []),
    `dtype={${quoted(target)}: str}`,
  ].join(', ');
  const extra = [
    quoted(target),
    ...(settings.flagColumn ? ['"is_synthetic"'] : []),
    ...(settings.weightColumn ? ['"weight"'] : []),
  ].join(', ');
  const lineage = settings.lineageColumns ? '.filter(regex="^(?!lineage_)")' : '';
  const lines = [
    'import pandas as pd',
    'from sklearn.linear_model import LogisticRegression',
    '',
    `table = pd.read_csv(${reading})`,
    `y = table[${quoted(target)}].isin([${rareLevels.map(quoted).join(', ')}])`,
    `features = table.drop(columns=[${extra}])${lineage}`,
    'X = pd.get_dummies(features, dummy_na=True).fillna(0)',
    `model = LogisticRegression(max_iter=1000).fit(X, y${settings.weightColumn ? ', sample_weight=table["weight"]' : ''})`,
  ];
  if (interceptShift !== null)
    lines.push(
      '',
      '# A model that cannot take weights: train without them, then correct the log odds.',
      '# logit(p) = logit(p_model) + shift; the ranking of rows stays the same.',
      `${settings.weightColumn ? '# ' : ''}shift = ${interceptShift.toFixed(4)}`,
      ...(settings.weightColumn ? [] : ['model.intercept_ += shift']),
    );
  return lines.join('\n');
}
