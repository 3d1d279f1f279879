import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleColumns } from '../constraints/catalogue';
import { renameColumns } from '../constraints/renameColumns';
import type { Rule } from '../constraints/rule';
import { createEdge, createNode } from '../graph/causalMap';
import { dagOf } from '../graph/dag';
import { emptyProject } from '../project/project';
import { applyTemplate, type Placement } from './applyTemplate';
import { likeness, matchColumns } from './matchColumns';
import { completeTemplate } from './parseTemplate';
import { shippedTemplates } from './shipped';
import { type Template, templateOf } from './template';

const base = { id: 'r', reason: 'known', enabled: true };
const rules: Rule[] = [
  { ...base, kind: 'range', column: 'dose', min: 0, max: 50 },
  { ...base, kind: 'order', lower: 'start', upper: 'end', strict: false },
  {
    ...base,
    kind: 'implication',
    when: [{ column: 'treated', op: 'in', levels: ['no'] }],
    then: { column: 'dose', op: '=', value: 0 },
  },
  { ...base, kind: 'formula', column: 'bmi', formula: 'weight / height ^ 2', tolerance: 0.1 },
  { ...base, kind: 'expression', text: 'dose <= 50 or weight > 90 and `odd name` = "dose"' },
  { ...base, kind: 'monotone', cause: 'age', effect: 'risk', direction: 'rises' },
  { ...base, kind: 'tiers', tiers: [['age'], ['dose', 'risk']] },
];

describe('renaming the columns of a rule', () => {
  it.each(rules.map((rule) => [rule.kind, rule] as const))('%s', (_, rule) => {
    const nameOf = (name: string) => `my ${name} (new)`;
    const renamed = renameColumns(rule, nameOf);
    expect(ruleColumns(renamed)).toEqual(ruleColumns(rule).map(nameOf));
    const back = renameColumns(renamed, (name) => name.replace(/^my (.*) \(new\)$/, '$1'));
    expect(back).toEqual(rule);
  });

  it('leaves texts alone that only look like a column', () => {
    const renamed = renameColumns(rules[4]!, (name) => (name === 'dose' ? 'amount' : name));
    expect(renamed).toMatchObject({ text: 'amount <= 50 or weight > 90 and `odd name` = "dose"' });
  });
});

describe('likeness of names', () => {
  it.each([
    ['employed_years', 'Employed Years', 1],
    ['employedYears', 'EMPLOYED-YEARS', 1],
    ['âge', 'age', 1],
  ])('%s and %s are the same', (a, b, expected) => expect(likeness(a, b)).toBe(expected));

  it.each([
    ['utilisation', 'utilization', 0.6],
    ['mother_age', 'age mother', 0.9],
    ['temperature', 'temperatur', 0.9],
  ])('%s and %s are alike', (a, b, least) => expect(likeness(a, b)).toBeGreaterThan(least));

  it('is symmetric, in [0, 1], and 1 only for the same name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const value = likeness(a, b);
        expect(value).toBe(likeness(b, a));
        expect(value >= 0 && value <= 1).toBe(true);
      }),
    );
    expect(likeness('age', 'rate')).toBeLessThan(0.6);
    expect(likeness('', '')).toBe(0);
  });
});

const template: Template = {
  ...templateOf(
    {
      ...emptyProject,
      name: 'Small',
      target: { column: 'sick', rareLevels: ['yes'] },
      exposure: 'treated',
      map: {
        nodes: ['age', 'treated', 'sick'].map((name) => createNode(name)),
        edges: [createEdge('age', 'treated'), createEdge('age', 'sick'), createEdge('treated', 'sick')],
        forbidden: [{ from: 'sick', to: 'age' }],
      },
      rules: [{ ...base, kind: 'range', column: 'age', min: 18, max: null }],
    },
    new Map([
      ['age', 'integer'],
      ['treated', 'binary'],
      ['sick', 'binary'],
    ]),
    ruleColumns,
  ),
};

describe('matching', () => {
  it('finds columns by name and by alias, never across kinds, never one twice', () => {
    const named = {
      ...template,
      columns: template.columns.map((c) => (c.name === 'sick' ? { ...c, aliases: ['illness'] } : c)),
    };
    const matches = matchColumns(named, [
      { name: 'Illness', kind: 'binary' },
      { name: 'AGE', kind: 'continuous' },
      { name: 'treated', kind: 'continuous' },
    ]);
    expect(matches.get('sick')?.column).toBe('Illness');
    expect(matches.get('age')).toEqual({ column: 'AGE', likeness: 1 });
    expect(matches.get('treated')).toBeNull();
  });
});

describe('applying', () => {
  const place = (pairs: Record<string, Placement>) => new Map(Object.entries(pairs));
  const column = (name: string): Placement => ({ kind: 'column', column: name });

  it('renames map, rules, target and exposure alike', () => {
    const { project, rulesLeftOut } = applyTemplate(
      emptyProject,
      template,
      place({ age: column('Alter'), treated: column('Therapie'), sick: column('krank') }),
      ['1'],
    );
    expect(project.map.nodes.map(({ name }) => name)).toEqual(['Alter', 'Therapie', 'krank']);
    expect(project.map.edges.map(({ from, to }) => [from, to])).toEqual([
      ['Alter', 'Therapie'],
      ['Alter', 'krank'],
      ['Therapie', 'krank'],
    ]);
    expect(project.map.forbidden).toEqual([{ from: 'krank', to: 'Alter' }]);
    expect(project.target).toEqual({ column: 'krank', rareLevels: ['1'] });
    expect(project.exposure).toBe('Therapie');
    expect(project.rules).toMatchObject([{ column: 'Alter' }]);
    expect(rulesLeftOut).toEqual([]);
  });

  it('keeps what is not recorded as a latent cause, and names the rules it costs', () => {
    const { project, rulesLeftOut } = applyTemplate(
      emptyProject,
      template,
      place({ age: { kind: 'latent' }, treated: column('age'), sick: column('krank') }),
      ['1'],
    );
    // A column of the table has the name of the unrecorded cause.
    expect(project.map.nodes.map(({ name, latent }) => [name, latent])).toEqual([
      ['age (unrecorded)', true],
      ['age', false],
      ['krank', false],
    ]);
    expect(rulesLeftOut).toEqual(template.rules);
  });

  it('takes arrows away with a column that is left out', () => {
    const { project } = applyTemplate(
      emptyProject,
      template,
      place({ age: { kind: 'left-out' }, treated: column('t'), sick: column('s') }),
      [],
    );
    expect(project.map.edges).toMatchObject([{ from: 't', to: 's' }]);
  });

  it('refuses one column for two, and a template without its outcome', () => {
    const twice = place({ age: column('x'), treated: column('x'), sick: column('s') });
    expect(() => applyTemplate(emptyProject, template, twice, [])).toThrow(/x is chosen for both/);
    expect(() => applyTemplate(emptyProject, template, place({}), [])).toThrow(/holds the outcome sick/);
  });
});

describe.each(shippedTemplates().map((one): [string, Template] => [one.name, one]))('template %s', (_, shipped) => {
  it('is read back from its file, and fits its own columns', () => {
    expect(completeTemplate(JSON.parse(JSON.stringify(shipped)))).toEqual(shipped);
    const matches = matchColumns(shipped, shipped.columns);
    const places = new Map(
      [...matches].map(([name, match]): [string, Placement] => [name, { kind: 'column', column: match!.column }]),
    );
    const { project, rulesLeftOut } = applyTemplate(emptyProject, shipped, places, ['yes']);
    dagOf(project.map);
    expect(project.map).toEqual(shipped.map);
    expect(project.rules).toEqual(shipped.rules);
    expect(rulesLeftOut).toEqual([]);
  });
});
