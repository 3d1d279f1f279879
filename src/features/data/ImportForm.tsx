import { useEffect, useState } from 'react';
import { guessAll, type ImportOptions } from '../../engine/data/importOptions';
import { useStudio, useStudioStore } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { TextField } from '../../ui/TextField';
import { ImportPreview, usePreview } from './ImportPreview';

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
const quoteNames = { '"': 'Double quotes  "', "'": "Apostrophes  '", none: 'Nothing: quotes are text' } as const;
const guessed = 'guess';

/** How the file is read: every change is shown on its first rows at once, and made by one button. Undo takes it back. */
export function ImportForm({ options }: { readonly options: ImportOptions }) {
  const store = useStudioStore();
  const isBusy = useStudio((s) => s.table.status === 'importing');
  const [draft, setDraft] = useState(options);
  useEffect(() => setDraft(options), [options]);
  const set = (patch: Partial<ImportOptions>) => setDraft({ ...draft, ...patch });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(options);
  const preview = usePreview(draft);
  const guessOption = { value: guessed, label: 'Guess' };
  return (
    <div className="stack">
      <div className="import-form">
        <Select
          label="Cells are separated by"
          value={draft.delimiter ?? guessed}
          isDisabled={isBusy}
          options={[
            guessOption,
            ...delimiterNames.map(([value, label]) => ({ value, label })),
            ...(draft.delimiter !== null && !delimiterNames.some(([value]) => value === draft.delimiter)
              ? [{ value: draft.delimiter, label: delimiterName(draft.delimiter) }]
              : []),
          ]}
          onChange={(value) => set({ delimiter: value === guessed ? null : value })}
        />
        <Select
          label="Cells are quoted by"
          value={draft.quote ?? guessed}
          isDisabled={isBusy}
          options={[
            guessOption,
            ...(Object.keys(quoteNames) as (keyof typeof quoteNames)[]).map((value) => ({
              value,
              label: quoteNames[value],
            })),
          ]}
          onChange={(value) => set({ quote: value === guessed ? null : (value as keyof typeof quoteNames) })}
        />
        <Select
          label="Decimal mark"
          value={draft.decimal ?? guessed}
          isDisabled={isBusy}
          options={[guessOption, { value: '.', label: 'Point  1.5' }, { value: ',', label: 'Comma  1,5' }]}
          onChange={(value) => set({ decimal: value === '.' || value === ',' ? value : null })}
        />
        <Select
          label="Text encoding"
          value={draft.encoding ?? guessed}
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
          value={draft.skipLines}
          min={0}
          max={1000}
          isOptional
          isDisabled={isBusy}
          onChange={(skipLines) => set({ skipLines })}
        />
        <Switch
          label="The first line holds the names"
          isOn={draft.header ?? true}
          isDisabled={isBusy}
          onChange={(header) => set({ header })}
        />
        <TextField
          label="Cells that count as missing, one a line"
          hint="An empty cell always does."
          isMultiline
          isDisabled={isBusy}
          value={draft.missingTokens.join('\n')}
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
      </div>
      <ImportPreview preview={preview} />
      <div className="row-wrap">
        <Button
          look="primary"
          isSmall
          disabled={isBusy || !isChanged}
          onClick={() => store.getState().setImportOptions(draft)}
        >
          Read the file this way
        </Button>
        <Button isSmall disabled={isBusy || !isChanged} onClick={() => setDraft(options)}>
          Take the changes back
        </Button>
        <Button isSmall disabled={isBusy} onClick={() => set({ ...guessAll, missing: draft.missing })}>
          Guess everything again
        </Button>
      </div>
    </div>
  );
}
