import type { FidelityReport } from '../../engine/validation/fidelity';
import { Badge } from '../../ui/Badge';
import { countText, percentText, shortNumber } from '../../ui/numbers';
import { isConcerning, measureText } from './measureText';
import { PlainTable } from './PlainTable';

const MOST_PAIRS = 12;

/** Synthetic against real rare rows, measure by measure: never one score. */
export function FidelityView({ fidelity }: { readonly fidelity: FidelityReport }) {
  const { measures, columns, pairs, utility } = fidelity;
  return (
    <div className="test-scroll stack">
      <p className="muted">
        {countText(fidelity.syntheticRows)} synthetic against {countText(fidelity.realRows)} real rare rows. Beside each
        figure stands what real rows get when one half of them is judged by the other. There is no overall score on
        purpose: a high mean hides what is broken.
      </p>
      <PlainTable
        label="Fidelity measures"
        head={[
          { text: 'Measure' },
          { text: 'Synthetic', isNumber: true },
          { text: 'Real by real', isNumber: true },
          { text: 'Look' },
          { text: 'What it says' },
        ]}
      >
        {measures.map((measure) => (
          <tr key={measure.id}>
            <th scope="row">{measure.label}</th>
            <td className="number">{measureText(measure, measure.value)}</td>
            <td className="number">{measureText(measure, measure.reference)}</td>
            <td>{isConcerning(measure) && <Badge tone="warning">Look here</Badge>}</td>
            <td className="test-words">{measure.help}</td>
          </tr>
        ))}
      </PlainTable>
      <h2 className="panel-title">Column by column</h2>
      <PlainTable
        label="Fidelity of each column"
        head={[
          { text: 'Column' },
          {
            text: 'KS or TV',
            isNumber: true,
            title: 'Largest gap of the two distribution functions; half the sum of the differences in share',
          },
          {
            text: 'p',
            isNumber: true,
            title: 'Chance of a gap as large from one law; synthetic rows count as rows here, so read it with care',
          },
          { text: 'Moved (sd)', isNumber: true, title: 'Wasserstein distance over the real standard deviation' },
          { text: 'JS', isNumber: true, title: 'Jensen-Shannon distance, bits' },
          { text: 'PSI', isNumber: true, title: 'Population stability index' },
          { text: 'Variance kept', isNumber: true },
          { text: 'Range reached', isNumber: true },
          { text: 'Inside range or levels', isNumber: true },
          { text: 'Off the grid', isNumber: true },
          {
            text: 'Predicted: real, synthetic',
            isNumber: true,
            title: 'R² on held-out real rows of a model that learned from real, from synthetic rows',
          },
        ]}
      >
        {columns.map((column) => {
          const use = utility.find((one) => one.column === column.column);
          const number = (value: number | undefined | null) =>
            value === undefined || value === null ? '–' : shortNumber(value);
          const share = (value: number | undefined) => (value === undefined ? '–' : percentText(value));
          return (
            <tr key={column.column}>
              <th scope="row">{column.column}</th>
              <td className="number">{number(column.distance)}</td>
              <td className="number">{number(column.numbers?.ksPValue ?? column.categories?.chiSquaredPValue)}</td>
              <td className="number">{number(column.numbers?.wassersteinOverSd)}</td>
              <td className="number">{number(column.numbers?.jensenShannon ?? column.categories?.jensenShannon)}</td>
              <td className="number">{number(column.numbers?.stabilityIndex)}</td>
              <td className="number">{column.varianceRatio === null ? '–' : percentText(column.varianceRatio)}</td>
              <td className="number">{share(column.numbers?.rangeCovered ?? column.categories?.levelsCovered)}</td>
              <td className="number">{share(column.numbers?.insideRange ?? column.categories?.insideLevels)}</td>
              <td className="number">{share(column.artefacts?.offGrid)}</td>
              <td className="number">{use ? `${use.fromReal.toFixed(2)}, ${use.fromSynthetic.toFixed(2)}` : '–'}</td>
            </tr>
          );
        })}
      </PlainTable>
      <h2 className="panel-title">Associations that changed most</h2>
      <PlainTable
        label="Associations that changed most"
        head={[
          { text: 'Pair' },
          { text: 'Measure' },
          { text: 'Real', isNumber: true },
          { text: 'Synthetic', isNumber: true },
          { text: 'Change', isNumber: true },
        ]}
      >
        {pairs.slice(0, MOST_PAIRS).map((pair) => (
          <tr key={`${pair.x}/${pair.y}`}>
            <th scope="row">
              {pair.x} and {pair.y}
            </th>
            <td>{{ pearson: 'r', eta: 'eta', 'cramers-v': "Cramér's V" }[pair.measure]}</td>
            <td className="number">{pair.real.toFixed(2)}</td>
            <td className="number">{pair.synthetic.toFixed(2)}</td>
            <td className="number">{(pair.synthetic - pair.real).toFixed(2)}</td>
          </tr>
        ))}
      </PlainTable>
    </div>
  );
}
