import { Slider as Radix } from 'radix-ui';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** How the value reads, such as "50 %". */
  readonly format?: (value: number) => string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  onChange(value: number): void;
}

export function Slider({ label, value, min, max, step, format = String, hint, isDisabled, onChange }: SliderProps) {
  return (
    <div className="field">
      <div className="row">
        <span className="field-label grow">{label}</span>
        <output className="number">{format(value)}</output>
      </div>
      <Radix.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        disabled={isDisabled ?? false}
        onValueChange={([next]) => next !== undefined && onChange(next)}
      >
        <Radix.Track className="slider-track">
          <Radix.Range className="slider-range" />
        </Radix.Track>
        <Radix.Thumb className="slider-thumb" aria-label={label} aria-valuetext={format(value)} />
      </Radix.Root>
      {hint && <p className="field-hint">{hint}</p>}
    </div>
  );
}
