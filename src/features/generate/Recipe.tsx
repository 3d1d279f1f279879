import { Dices } from 'lucide-react';
import { generatorById } from '../../engine/generators/catalogue';
import { completeParameters } from '../../engine/generators/generator';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { IconButton } from '../../ui/IconButton';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { Slider } from '../../ui/Slider';
import { AmountFields } from './AmountFields';
import { parameterText } from './parameterText';
import { RedrawSet } from './RedrawSet';
import { Regime } from './Regime';
import { TrustDial } from './TrustDial';

const MOST_SEED = 2 ** 31 - 1;

/** Generator, amount, its parameters, seed: everything a run depends on besides table, map and rules. */
export function Recipe() {
  const settings = useStudio((s) => s.project.generation);
  const store = useStudioStore();
  const { setGeneration, setParameter } = store.getState();
  const generator = generatorById(settings.generator);
  // The step of twins has a dial of its own.
  const shown = generator.parameters.filter(({ id }) => !(generator.id === 'twins' && id === 'step'));
  const parameters = completeParameters(generator, settings.parameters[generator.id]);
  return (
    <>
      <Regime />
      <AmountFields />
      {generator.id === 'twins' && <TrustDial />}
      {shown.map(({ id, label, help, min, max, step }) => (
        <Slider
          key={id}
          label={label}
          value={parameters[id]!}
          min={min}
          max={max}
          step={step}
          hint={help}
          format={(value) => parameterText(id, value)}
          onChange={(value) => setParameter(generator.id, id, value)}
        />
      ))}
      {generator.usesMap && !generator.drawsTarget && generator.id !== 'fresh' && <RedrawSet />}
      <div className="seed">
        <div className="grow">
          <NumberField
            label="Seed"
            value={settings.seed}
            min={0}
            max={MOST_SEED}
            hint="The same seed and inputs give the same rows, here and on the command line."
            onChange={(seed) => seed !== null && setGeneration({ seed })}
          />
        </div>
        <IconButton
          label="Another seed"
          icon={<Dices size={16} />}
          onClick={() => setGeneration({ seed: crypto.getRandomValues(new Uint32Array(1))[0]! % 100_000 })}
        />
      </div>
      <Select
        label="Columns that are not on the map"
        value={settings.offMap}
        options={[
          { value: 'donor', label: 'Kept from the real row' },
          { value: 'empty', label: 'Left empty' },
        ]}
        onChange={(offMap) => setGeneration({ offMap })}
      />
    </>
  );
}
