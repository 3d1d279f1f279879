export { additiveSpline } from './families/additiveSpline';
export { boostedLocationScale } from './families/boostedLocationScale';
export { boostedSoftmax } from './families/boostedSoftmax';
export { conditionalTable } from './families/conditionalTable';
export { empirical } from './families/empirical';
export { linear } from './families/linear';
export { multinomialLogit } from './families/multinomialLogit';
export { splineLogit } from './families/splineLogit';
