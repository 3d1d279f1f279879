import { EngineError } from '../errors';
import { ancestorsOf } from '../scm/ancestors';
import { subtask } from '../task';
import { fewDonorsMessage, findDonors, redrawNodes } from './causalPlan';
import { defineGenerator } from './generator';
import { drawTwins, traceTwins, twinsPlan } from './twins';

/**
 * Anchored rows: everything that comes before the target stays as it is in a real rare row, the rest is drawn anew from
 * P(rest | causes, Y = m). The law is P(V | Y = m) as for twins; of the map only the part after and beside the target is
 * trusted, so a doubtful map of the causes does no harm. The price: causes are those of the real rare rows, again and again.
 */
export const anchored = defineGenerator({
  id: 'anchored',
  label: 'Anchored rows',
  summary:
    'The causes stay as in a real rare row, only what follows is drawn anew: for maps whose causes are in doubt.',
  usesMap: true,
  parameters: [
    {
      id: 'step',
      label: 'Distance of what is redrawn',
      help: '1 draws it afresh; smaller steps keep it close to the real row.',
      min: 0.05,
      max: 1,
      step: 0.05,
      initial: 1,
    },
  ],
  async prepare(input, parameters, task) {
    const messages: string[] = [];
    const donorRows = findDonors(input, messages);
    const asked = redrawNodes(input);
    const model = await input.model(subtask(task, 0, 0.95));
    const causes = ancestorsOf(model, input.target);
    const redraw = asked.filter((node) => !causes.has(node));
    if (redraw.length === 0)
      throw new EngineError(
        'bad-map',
        `Every column that may be redrawn is a cause of "${input.frame.specs[input.target]!.name}", so anchored rows would be copies: use causal twins.`,
      );
    await task.checkpoint(0.95, 'Trying steps');
    const plan = twinsPlan({
      input,
      model,
      donorRows,
      redraw,
      step: parameters.step!,
      nodeSteps: null,
      steps: 0,
      generator: 'anchored',
    });
    return { plan, messages: [...messages, ...fewDonorsMessage(input, donorRows.length)] };
  },
  draw: drawTwins,
  trace: traceTwins,
});
