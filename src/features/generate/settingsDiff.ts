import { generatorById } from '../../engine/generators/catalogue';
import { completeParameters } from '../../engine/generators/generator';
import type { Amount, GenerationSettings } from '../../engine/project/project';
import { counted, percentText } from '../../ui/numbers';
import { parameterText } from './parameterText';

/** What differs between the settings of a run and those of now, each as "name: then, now so". Empty where nothing does. */
export function settingsDiff(then: GenerationSettings, now: GenerationSettings): readonly string[] {
  const differences: string[] = [];
  const compare = (name: string, before: string, after: string) => {
    if (before !== after) differences.push(`${name}: ${before}, now ${after}`);
  };
  compare('generator', generatorById(then.generator).label, generatorById(now.generator).label);
  if (then.generator === now.generator) {
    const generator = generatorById(then.generator);
    const before = completeParameters(generator, then.parameters[then.generator]);
    const after = completeParameters(generator, now.parameters[now.generator]);
    for (const { id, label } of generator.parameters)
      compare(label.toLowerCase(), parameterText(id, before[id]!), parameterText(id, after[id]!));
  }
  compare('amount', amountText(then.amount), amountText(now.amount));
  compare('columns drawn anew', redrawText(then.redraw), redrawText(now.redraw));
  compare('seed', String(then.seed), String(now.seed));
  compare('columns off the map', offMapText[then.offMap], offMapText[now.offMap]);
  return differences;
}

const offMapText = { donor: 'kept from the real row', empty: 'left empty' };
const redrawText = (redraw: readonly string[] | null) => (redraw === null ? 'all' : redraw.join(', ') || 'none');

function amountText(amount: Amount): string {
  if (amount.kind === 'parity') return 'to parity';
  return amount.kind === 'share' ? `to ${percentText(amount.share)}` : counted(amount.rows, 'row');
}
