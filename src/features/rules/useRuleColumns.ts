import { useMemo } from 'react';
import type { ValueSpec } from '../../engine/data/frame';
import { isCarriedKind, isCategoricalKind, valueKindOf } from '../../engine/data/table';
import { useStudio } from '../../state/StudioProvider';
import { tableSummary } from '../../state/tableState';
import type { RuleColumn } from './ruleDraft';

/** The columns rules can speak of, and their specs for putting rules in words. */
export function useRuleColumns(): { readonly columns: readonly RuleColumn[]; readonly specs: readonly ValueSpec[] } {
  const summary = useStudio(tableSummary);
  return useMemo(() => {
    const columns = (summary?.columns ?? []).filter(({ kind }) => !isCarriedKind(kind));
    return {
      columns: columns.map(({ name, kind, levels, decimals }) => ({
        name,
        kind,
        decimals,
        levels: levels.map(({ text }) => text),
      })),
      specs: columns.flatMap(({ name, kind, levels, decimals, datePattern }) =>
        isCarriedKind(kind)
          ? []
          : [
              {
                name,
                kind: valueKindOf(kind),
                levels: isCategoricalKind(kind) ? levels.map(({ text }) => text) : null,
                decimals,
                datePattern,
              },
            ],
      ),
    };
  }, [summary]);
}
