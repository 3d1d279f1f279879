import type { StateCreator } from 'zustand';
import { ruleColumns } from '../engine/constraints/catalogue';
import { EngineError } from '../engine/errors';
import { applyTemplate, type Placement } from '../engine/templates/applyTemplate';
import { completeTemplate } from '../engine/templates/parseTemplate';
import { type Template, templateOf } from '../engine/templates/template';
import { safeName } from './projectFile';
import type { StudioContext, StudioState } from './studioState';
import { tableSummary } from './tableState';

/** Maps, rules and settings without data, and the wizard that puts them on the columns of a table. */
export interface TemplatesSlice {
  /** Null until the engine has listed those that come with the program. */
  readonly shippedTemplates: readonly Template[] | null;
  /** Those the person has saved in this browser, newest first. */
  readonly ownTemplates: readonly Template[];
  readonly isTemplateWizardOpen: boolean;
  /** The template whose columns are being matched; null while one is being chosen. */
  readonly chosenTemplate: Template | null;

  openTemplateWizard(): Promise<void>;
  closeTemplateWizard(): void;
  chooseTemplate(template: Template | null): void;
  /** One edit that undo takes back. Returns the sentence that says why it cannot be, or null when it was done. */
  useTemplate(
    template: Template,
    placements: ReadonlyMap<string, Placement>,
    rareLevels: readonly string[],
  ): string | null;
  /** Keeps map, rules and settings of this project in this browser; one with the same name is replaced. */
  saveTemplate(): Promise<void>;
  removeTemplate(name: string): Promise<void>;
  templateFile(template: Template): { readonly fileName: string; readonly blob: Blob };
  /** Takes the parsed content of a template file: it is kept, and its columns are matched next. */
  openTemplate(json: unknown, fileName: string): Promise<void>;
}

export const createTemplatesSlice =
  ({ storage }: StudioContext): StateCreator<StudioState, [], [], TemplatesSlice> =>
  (set, get) => {
    const keep = async (ownTemplates: readonly Template[]) => {
      set({ ownTemplates });
      await storage.writeTemplates(ownTemplates).catch((error) => get().reportStorageFailure(error));
    };
    const withFirst = (template: Template) => [
      template,
      ...get().ownTemplates.filter(({ name }) => name !== template.name),
    ];
    const readOwn = async () => set({ ownTemplates: await storage.readTemplates().catch(() => []) });

    return {
      shippedTemplates: null,
      ownTemplates: [],
      isTemplateWizardOpen: false,
      chosenTemplate: null,

      async openTemplateWizard() {
        set({ isTemplateWizardOpen: true, chosenTemplate: null });
        await readOwn();
        if (get().shippedTemplates) return;
        const outcome = await get().ask((e) => e.listTemplates());
        if (outcome.ok) set({ shippedTemplates: outcome.value });
        else get().notify('error', outcome.message);
      },
      closeTemplateWizard: () => set({ isTemplateWizardOpen: false, chosenTemplate: null }),
      chooseTemplate: (chosenTemplate) => set({ chosenTemplate }),
      useTemplate(template, placements, rareLevels) {
        try {
          const { project, rulesLeftOut } = applyTemplate(get().project, template, placements, rareLevels);
          get().edit(`Use template ${template.name}`, () => project);
          get().closeTemplateWizard();
          get().goTo('map');
          get().requestCanvas('fit');
          if (rulesLeftOut.length > 0)
            get().notify(
              'info',
              `${template.name} is on your columns. ${rulesLeftOut.length} ${rulesLeftOut.length === 1 ? 'rule was' : 'rules were'} left out, because this table lacks a column they speak of.`,
            );
          return null;
        } catch (error) {
          if (error instanceof EngineError) return error.message;
          throw error;
        }
      },
      async saveTemplate() {
        await readOwn();
        const kinds = new Map((tableSummary(get())?.columns ?? []).map(({ name, kind }) => [name, kind]));
        const template = templateOf(get().project, kinds, ruleColumns);
        await keep(withFirst(template));
        get().notify('info', `Map, rules and settings are kept as the template ${template.name}.`);
      },
      removeTemplate: (name) => keep(get().ownTemplates.filter((template) => template.name !== name)),
      templateFile: (template) => ({
        fileName: `${safeName(template.name)}.template.json`,
        blob: new Blob([`${JSON.stringify(template, null, 2)}\n`], { type: 'application/json' }),
      }),
      async openTemplate(json, fileName) {
        try {
          const template = completeTemplate(json);
          await get().openTemplateWizard();
          await keep(withFirst(template));
          if (get().project.data) get().chooseTemplate(template);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          get().notify('error', `${fileName}: ${error.message}`);
        }
      },
    };
  };
