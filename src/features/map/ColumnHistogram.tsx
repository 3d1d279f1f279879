import { useStudio } from '../../state/StudioProvider';
import { trueMeans } from '../../state/worldTruth';
import { MiniHistogram } from '../../ui/MiniHistogram';

interface ColumnHistogramProps {
  readonly column: string;
  readonly width?: number;
  readonly height?: number;
}

/** The class-split histogram of one column; nothing until it is known. */
export function ColumnHistogram({ column, width = 128, height = 24 }: ColumnHistogramProps) {
  const histogram = useStudio((s) => s.histograms[column]);
  const marked = useStudio((s) => s.markedHistograms[column] ?? null);
  const truth = trueMeans(
    useStudio((s) => s.truth),
    histogram,
  );
  if (!histogram) return <div style={{ width, height }} />;
  return (
    <MiniHistogram
      label={`${column}: common rows as bars, rare rows as a line${histogram.synthetic ? ', synthetic rows dashed' : ''}${marked ? ', marked rows as solid bars' : ''}${truth ? `; ${truth.text}` : ''}`}
      truth={truth}
      common={histogram.common}
      rare={histogram.rare}
      synthetic={histogram.synthetic}
      marked={marked}
      isCategorical={histogram.levels.length > 0}
      width={width}
      height={height}
    />
  );
}
