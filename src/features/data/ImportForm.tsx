import { guessAll, type ImportOptions } from '../../engine/data/importOptions';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';

const delimiterNames: readonly (readonly [string, string])[] = [
  [',', 'Comma  ,'],
  [';', 'Semicolon  ;'],
  ['\t', 'Tab'],
  ['|', 'Bar  |'],
  [' ', 'Space'],
];
export const delimiterName = (delimiter: string): string =>
  delimiterNames.find(([value]) => value === delimiter)?.[1] ?? `“${delimiter}”`;

const encodingNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'Western European (Windows-1252)',
} as const;
const guessed = 'guess';

/** How the file is read. Every change reads it again; undo takes it back. */
export function ImportForm({ options }: { readonly options: ImportOptions }) {
  const store = useStudioStore();
  const isBusy = useStudio((s) => s.table.status === 'importing');
  const set = (patch: Partial<ImportOptions>) => store.getState().setImportOptions(patch);
  const guessOption = { value: guessed, label: 'Guess' };
  return (
    <div className="import-form">
      <Select
        label="Cells are separated by"
        value={options.delimiter ?? guessed}
        isDisabled={isBusy}
        options={[
          guessOption,
          ...delimiterNames.map(([value, label]) => ({ value, label })),
          ...(options.delimiter !== null && !delimiterNames.some(([value]) => value === options.delimiter)
            ? [{ value: options.delimiter, label: delimiterName(options.delimiter) }]
            : []),
        ]}
        onChange={(value) => set({ delimiter: value === guessed ? null : value })}
      />
      <Select
        label="Decimal mark"
        value={options.decimal ?? guessed}
        isDisabled={isBusy}
        options={[guessOption, { value: '.', label: 'Point  1.5' }, { value: ',', label: 'Comma  1,5' }]}
        onChange={(value) => set({ decimal: value === '.' || value === ',' ? value : null })}
      />
      <Select
        label="Text encoding"
        value={options.encoding ?? guessed}
        isDisabled={isBusy}
        options={[
          guessOption,
          ...(Object.keys(encodingNames) as (keyof typeof encodingNames)[]).map((value) => ({
            value,
            label: encodingNames[value],
          })),
        ]}
        onChange={(value) => set({ encoding: value === guessed ? null : (value as keyof typeof encodingNames) })}
      />
      <NumberField
        label="Lines to skip at the top"
        value={options.skipLines}
        min={0}
        max={1000}
        isOptional
        isDisabled={isBusy}
        onChange={(skipLines) => set({ skipLines })}
      />
      <Switch
        label="The first line holds the names"
        isOn={options.header ?? true}
        isDisabled={isBusy}
        onChange={(header) => set({ header })}
      />
      <TextField
        label="Cells that count as missing, one a line"
        hint="An empty cell always does."
        isMultiline
        isDisabled={isBusy}
        value={options.missingTokens.join('\n')}
        onChange={(text) =>
          set({
            missingTokens: [
              ...new Set(
                text
                  .split('\n')
                  .map((token) => token.trim())
                  .filter(Boolean),
              ),
            ],
          })
        }
      />
      <Button isSmall disabled={isBusy} onClick={() => set(guessAll)}>
        Guess everything again
      </Button>
    </div>
  );
}
