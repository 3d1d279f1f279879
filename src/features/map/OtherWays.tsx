import { Copy } from 'lucide-react';
import type { EffectAnswer } from '../../engine/graph/effectAnswer';
import { effectText, estimandLatex, estimandText } from '../../engine/graph/estimand';
import { useStudio } from '../../state/StudioProvider';
import { Button } from '../../ui/Button';

const setText = (set: readonly string[]) => (set.length === 0 ? 'nothing' : set.join(', '));

/** Ways to the effect beside holding a set fixed: front door, instruments, and the formula or why there is none. */
export function OtherWays({ answer }: { readonly answer: EffectAnswer }) {
  const notify = useStudio((s) => s.notify);
  const { asked, otherWays } = answer;
  if (!otherWays) return null;
  const { frontDoor, instruments, identification } = otherWays;
  const effect = effectText([asked.exposure], [asked.outcome]);
  const copy = async () => {
    if (!identification.isIdentified) return;
    await navigator.clipboard.writeText(estimandLatex(identification.estimand));
    notify('info', 'The formula is on the clipboard, as LaTeX.');
  };
  return (
    <details className="disclosure">
      <summary>{identification.isIdentified ? 'Formula and other ways' : 'Why no data can tell it'}</summary>
      <div className="stack-small">
        {identification.isIdentified ? (
          <>
            <p className="formula">
              {effect} = {estimandText(identification.estimand)}
            </p>
            {identification.anyValueOf.length > 0 && (
              <p className="muted">
                For any value of {identification.anyValueOf.join(', ')}: all give the same number.
              </p>
            )}
            <div>
              <Button isSmall icon={<Copy size={13} />} onClick={() => void copy()}>
                Copy as LaTeX
              </Button>
            </div>
          </>
        ) : (
          <p>
            {effect} cannot be known from the recorded columns, however many rows there are: unrecorded causes tie{' '}
            {identification.hedge.whole.join(', ')} together, and {identification.hedge.part.join(', ')} among them (a{' '}
            <em>hedge</em>). Record one of those causes, find a column the whole effect passes through, or an
            instrument.
          </p>
        )}
        {frontDoor.sets.length > 0 && (
          <p>
            <em>Front door</em>, the whole effect passes through: {frontDoor.sets.map(setText).join('; or ')}
            {frontDoor.truncated ? '; and more' : ''}.
          </p>
        )}
        {instruments.map(({ instrument, given, truncated }) => (
          <p key={instrument}>
            <em>Instrument</em> {instrument}, holding {given.map(setText).join('; or ')}
            {truncated ? '; or more' : ''} fixed.
          </p>
        ))}
        {frontDoor.sets.length === 0 && instruments.length === 0 && (
          <p className="muted">No front door and no instrument on this map.</p>
        )}
      </div>
    </details>
  );
}
