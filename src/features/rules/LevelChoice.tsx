import { classes } from '../../ui/classes';

interface LevelChoiceProps {
  readonly legend: string;
  readonly isLegendHidden?: boolean;
  readonly levels: readonly string[];
  readonly chosen: readonly string[];
  onChange(chosen: readonly string[]): void;
}

/** More levels than this are chosen in a scrolling list. */
const MANY = 8;

/** Some levels of a category, to be ticked. */
export function LevelChoice({ legend, isLegendHidden, levels, chosen, onChange }: LevelChoiceProps) {
  return (
    <fieldset className="rule-levels" data-many={levels.length > MANY}>
      <legend className={classes(isLegendHidden ? 'visually-hidden' : 'field-label')}>{legend}</legend>
      {levels.map((level) => (
        <label key={level} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(level)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, level] : chosen.filter((one) => one !== level))
            }
          />
          <span className="truncate" title={level}>
            {level}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
