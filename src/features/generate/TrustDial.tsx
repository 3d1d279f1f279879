import { generatorById } from '../../engine/generators/catalogue';
import { completeParameters } from '../../engine/generators/generator';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Slider } from '../../ui/Slider';
import { Switch } from '../../ui/Switch';
import { parameterText } from './parameterText';

/** A step to start from when the data's own is not known yet. */
const STEP_BEFORE_KNOWN = 0.6;
const LEAST_STEP = 0.05;

/** How far a twin may go from its real row: by the data, with the reason, or by hand while the preview follows. */
export function TrustDial() {
  const step = useStudio((s) => {
    const generator = generatorById('twins');
    return completeParameters(generator, s.project.generation.parameters.twins).step!;
  });
  const preview = useStudio((s) => s.preview.result);
  const store = useStudioStore();
  const set = (value: number) => store.getState().setParameter('twins', 'step', value);
  const chosen = preview?.step ?? null;
  const reason = preview?.messages.find((message) => message.startsWith('Step '));
  return (
    <div className="field trust-dial">
      <Switch
        label="Let the data choose the step"
        hint="The largest step at which the rows cannot be told from held-out rare rows, smaller where the map leaves something unexplained."
        isOn={step === 0}
        onChange={(isOn) => set(isOn ? 0 : (chosen ?? STEP_BEFORE_KNOWN))}
      />
      {step === 0 ? (
        <p className="dial-reason" aria-live="polite">
          {reason ?? 'Chosen once the mechanisms are learned.'}
        </p>
      ) : (
        <Slider
          label="Trust in the map (step)"
          value={step}
          min={LEAST_STEP}
          max={1}
          step={0.05}
          format={(value) => parameterText('step', value)}
          hint="Small steps stay close to a real row and trust the map little; 1 draws afresh and trusts it fully."
          onChange={set}
        />
      )}
    </div>
  );
}
