import type { CausalMap } from '../causalMap';
import { listed, shownName } from '../path';
import { createMapBuilder } from './builtMap';
import { escapedName, unescapedName } from './names';
import type { TextMap } from './textMap';
import { parseError } from './tokens';

const name = /^[\p{L}\p{M}_.%][\p{L}\p{M}\p{N}_.%]*$/u;
/** Statements that say nothing about arrows: defined parameters, constraints, thresholds, scaling, composites. */
const otherOperators = /:=|==|~\*~|<~|[|<>]/;

interface Statement {
  readonly text: string;
  readonly at: number;
}

/** Statements end at a line end or `;`; a line that ends in an operator or +, or is followed by one that begins so, goes on. */
function statementsOf(text: string): Statement[] {
  const bare = text.replace(/[#!][^\n]*/g, (comment) => ' '.repeat(comment.length));
  const statements: Statement[] = [];
  let start = 0;
  const push = (end: number) => {
    const part = bare.slice(start, end);
    const lead = part.length - part.trimStart().length;
    if (part.trim() !== '') {
      const before = statements.at(-1);
      const goesOn = before && (/[+~*]\s*$/.test(before.text) || /^\s*[+*]/.test(part)) && bare[start - 1] !== ';';
      if (goesOn) statements[statements.length - 1] = { at: before.at, text: bare.slice(before.at, end).trimEnd() };
      else statements.push({ text: part.trim(), at: start + lead });
    }
    start = end + 1;
  };
  for (let i = 0; i < bare.length; i++) if (bare[i] === '\n' || bare[i] === ';') push(i);
  push(bare.length);
  return statements;
}

/**
 * Reads lavaan model syntax: `y ~ x + z` arrows into y, `f =~ a + b` an unrecorded f that causes a and b, `a ~~ b` an
 * unrecorded common cause, `a ~~ a` names a variable. Labels and start values before `*` are read over; a term fixed to 0 is
 * no arrow. Other operators say nothing about arrows and are told in a warning. %XX in a name as in `escapedName`.
 * @throws EngineError `parse-error` with line and column.
 */
export function parseLavaan(text: string): TextMap {
  const built = createMapBuilder();
  for (const { text: statement, at } of statementsOf(text)) {
    const operator = /=~|~~|~/.exec(statement);
    const other = otherOperators.exec(statement);
    if (other && (!operator || other.index <= operator.index)) {
      built.warn(`Statements with "${other[0]}" say nothing about arrows and were left out.`);
      continue;
    }
    if (!operator) throw parseError(text, at, 'expected ~, ~~ or =~ in this statement, as in y ~ x + z.');
    const namesAt = (part: string, offset: number) => {
      let place = offset;
      return part.split('+').map((term) => {
        const start = place + term.length - term.trimStart().length;
        place += term.length + 1;
        const star = term.lastIndexOf('*');
        const written = term.slice(star + 1).trim();
        const isFixedToZero = star >= 0 && /^0+(?:\.0*)?$/.test(term.slice(0, star).trim());
        if (written === '') throw parseError(text, start, 'expected a name.');
        if (!name.test(written) && !/^[01]$/.test(written))
          throw parseError(
            text,
            start,
            `${JSON.stringify(written)} is no name in lavaan: write %20 for a blank in it.`,
          );
        return { name: unescapedName(written), isFixedToZero, isIntercept: /^[01]$/.test(written) };
      });
    };
    const left = namesAt(statement.slice(0, operator.index), at);
    const right = namesAt(
      statement.slice(operator.index + operator[0].length),
      at + operator.index + operator[0].length,
    );
    for (const one of left) built.node(one.name, operator[0] === '=~' ? { latent: true } : {});
    for (const one of left)
      for (const term of right) {
        if (term.isIntercept) continue;
        built.node(term.name);
        if (term.isFixedToZero || term.name === one.name) continue;
        if (operator[0] === '=~') built.edge(one.name, term.name);
        else if (operator[0] === '~') built.edge(term.name, one.name);
        else built.edge(one.name, term.name, '<->');
      }
  }
  return built.build();
}

const plain = /[\p{L}\p{M}\p{N}_.%]/u;
function written(raw: string): string {
  const text = escapedName(raw, plain);
  // A digit may not begin a name, and 0 and 1 are intercepts.
  return /^\p{N}/u.test(text) ? `%${text.codePointAt(0)!.toString(16)}${text.slice(1)}` : text;
}

/** Writes lavaan syntax: `=~` for unrecorded nodes, `~` for arrows, `~~` for `<->`; a node without edges as its variance. */
export function writeLavaan(map: CausalMap): { text: string; losses: string[] } {
  const lines: string[] = [];
  const losses: string[] = [];
  const causesOf = (child: string) =>
    map.edges.filter(({ kind, to }) => kind === '->' && to === child).map(({ from }) => from);
  const latent = new Set(map.nodes.filter((node) => node.latent).map((node) => node.name));
  for (const node of map.nodes) {
    const touching = map.edges.filter(({ from, to }) => from === node.name || to === node.name);
    const effects = map.edges.filter(({ kind, from }) => kind === '->' && from === node.name).map(({ to }) => to);
    // In the order of the map: a first mention that a reader can rely on.
    if (latent.has(node.name) && effects.length > 0)
      lines.push(`${written(node.name)} =~ ${effects.map(written).join(' + ')}`);
    else if (touching.length === 0) lines.push(`${written(node.name)} ~~ ${written(node.name)}`);
    const causes = causesOf(node.name).filter((cause) => !latent.has(cause));
    if (causes.length > 0) lines.push(`${written(node.name)} ~ ${causes.map(written).join(' + ')}`);
  }
  for (const { from, to, kind } of map.edges) if (kind === '<->') lines.push(`${written(from)} ~~ ${written(to)}`);
  const barren = [...latent].filter((one) => !map.edges.some(({ kind, from }) => kind === '->' && from === one));
  if (barren.length > 0)
    losses.push(
      `lavaan knows an unrecorded variable by what it causes: ${listed(barren.map(shownName))} ${barren.length === 1 ? 'causes nothing and reads' : 'cause nothing and read'} as ordinary.`,
    );
  return { text: lines.map((line) => `${line}\n`).join(''), losses };
}
