import { Download, FolderOpen, Trash2 } from 'lucide-react';
import type { Template } from '../engine/templates/template';
import { useStudio, useStudioStore } from '../state/StudioProvider';
import { tableSummary } from '../state/tableState';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { counted } from '../ui/numbers';
import { pickFile } from '../ui/pickFiles';
import { saveFile } from '../ui/saveFile';
import { openAnyFile } from './files';
import { TemplateMapping } from './TemplateMapping';

/** Puts a template on the columns of the table: first which one, then which column stands for which. */
export function TemplateWizard() {
  const isOpen = useStudio((s) => s.isTemplateWizardOpen);
  const close = useStudio((s) => s.closeTemplateWizard);
  const chosen = useStudio((s) => s.chosenTemplate);
  const summary = useStudio(tableSummary);
  if (!isOpen) return null;
  if (chosen && summary) return <TemplateMapping key={chosen.name} template={chosen} summary={summary} />;
  return (
    <Dialog
      isOpen
      title="Use a template"
      description="A map with rules and settings that others have drawn, to be put on the columns of your table."
      width={680}
      onClose={close}
    >
      {!summary && (
        <Notice level="warning">
          Open a table first: a template is put on its columns, and nothing of it is data.
        </Notice>
      )}
      <TemplateList canUse={summary !== null} />
    </Dialog>
  );
}

function TemplateList({ canUse }: { readonly canUse: boolean }) {
  const store = useStudioStore();
  const shipped = useStudio((s) => s.shippedTemplates);
  const own = useStudio((s) => s.ownTemplates);
  const open = async () => {
    const file = await pickFile('.json,application/json');
    if (file) await openAnyFile(file, store.getState());
  };
  return (
    <>
      {own.length > 0 && <h3 className="field-label">Your own</h3>}
      {own.length > 0 && (
        <ul className="template-list">
          {own.map((template) => (
            <TemplateRow key={template.name} template={template} canUse={canUse} isOwn />
          ))}
        </ul>
      )}
      <h3 className="field-label">With the program</h3>
      <ul className="template-list" aria-busy={shipped === null}>
        {(shipped ?? []).map((template) => (
          <TemplateRow key={template.name} template={template} canUse={canUse} isOwn={false} />
        ))}
      </ul>
      <Button look="quiet" icon={<FolderOpen size={15} />} onClick={() => void open()}>
        Open a template file
      </Button>
    </>
  );
}

interface TemplateRowProps {
  readonly template: Template;
  readonly canUse: boolean;
  readonly isOwn: boolean;
}

function TemplateRow({ template, canUse, isOwn }: TemplateRowProps) {
  const store = useStudioStore();
  const { name, story, columns, rules } = template;
  const save = () => {
    const { fileName, blob } = store.getState().templateFile(template);
    saveFile(fileName, blob);
  };
  return (
    <li className="project-row">
      <button
        type="button"
        className="template-open grow"
        disabled={!canUse}
        onClick={() => store.getState().chooseTemplate(template)}
      >
        <strong>{name}</strong>
        <span className="muted number">
          {counted(columns.length, 'column')}, {counted(rules.length, 'rule')}
        </span>
        {story && <span className="template-story">{story}</span>}
      </button>
      <IconButton label={`Save ${name} as a file`} icon={<Download size={14} />} onClick={save} />
      {isOwn && (
        <IconButton
          label={`Remove ${name}`}
          icon={<Trash2 size={14} />}
          onClick={() => void store.getState().removeTemplate(name)}
        />
      )}
    </li>
  );
}
