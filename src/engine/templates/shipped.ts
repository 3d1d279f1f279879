import { ruleColumns } from '../constraints/catalogue';
import type { ColumnKind } from '../data/table';
import { emptyProject } from '../project/project';
import { mapOf, worldById } from '../worlds/simulate';
import { type Template, templateOf } from './template';

interface Shipped {
  readonly world: string;
  readonly name: string;
  readonly story: string;
  /** Columns of the demo that no other table will have. */
  readonly without: readonly string[];
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

const shipped: readonly Shipped[] = [
  {
    world: 'rare-disease',
    name: 'Clinical risk',
    story: 'A treatment given to the sickest, biomarkers between severity and outcome, dose and pregnancy rules.',
    without: ['hospital'],
    aliases: {
      age: ['age years', 'patient age'],
      sex: ['gender'],
      gene: ['mutation', 'carrier', 'variant'],
      smoker: ['smoking', 'smoking status', 'tobacco'],
      bmi: ['body mass index'],
      severity: ['severity score', 'stage', 'sofa', 'apache'],
      treated: ['treatment', 'therapy', 'drug', 'medication'],
      dose: ['dosage', 'dose mg'],
      pregnant: ['pregnancy'],
      crp: ['c reactive protein', 'marker', 'biomarker'],
      disease: ['outcome', 'case', 'diagnosis', 'event'],
    },
  },
  {
    world: 'credit-default',
    name: 'Credit default',
    story: 'Income, score and price of a loan between who applies and who defaults, with the instalment formula.',
    without: ['collections'],
    aliases: {
      group: ['ethnicity', 'region', 'protected group'],
      age: ['applicant age', 'age years'],
      education: ['education level', 'degree'],
      employed_years: ['employment length', 'emp length', 'years employed'],
      income: ['annual income', 'annual inc', 'salary'],
      utilisation: ['utilization', 'revolving utilization', 'revol util'],
      late_payments: ['delinquencies', 'delinq', 'past due'],
      score: ['credit score', 'fico'],
      loan: ['loan amount', 'amount', 'principal'],
      term: ['loan term', 'months', 'duration'],
      rate: ['interest rate', 'int rate', 'apr'],
      instalment: ['installment', 'monthly payment'],
      dti: ['debt to income'],
      default: ['defaulted', 'bad loan', 'charged off', 'loan status'],
    },
  },
  {
    world: 'card-fraud',
    name: 'Card fraud',
    story: 'Payments in time: devices, amounts and velocity before the fraud, distance only where there is a place.',
    without: ['chargeback'],
    aliases: {
      hour: ['hour of day', 'time hour'],
      night: ['is night'],
      tenure_days: ['account age', 'customer since', 'tenure'],
      country: ['merchant country', 'region'],
      new_device: ['device new', 'unknown device'],
      online: ['card not present', 'is online', 'channel'],
      amount: ['transaction amount', 'amt', 'value'],
      velocity: ['transactions last hour', 'frequency'],
      distance_km: ['distance', 'distance from home'],
      fraud: ['is fraud', 'fraudulent', 'class'],
    },
  },
  {
    world: 'machine-failure',
    name: 'Predictive maintenance',
    story: 'Load and wear before maintenance, sensors after it, the failure last.',
    without: ['repair_order', 'days_since_service'],
    aliases: {
      machine_age: ['age', 'age years', 'operating years'],
      site: ['plant', 'location', 'line'],
      load: ['torque', 'utilisation', 'duty'],
      ambient: ['air temperature', 'ambient temperature'],
      wear_before: ['wear at inspection', 'tool wear'],
      maintained: ['maintenance', 'serviced'],
      wear: ['current wear'],
      temperature: ['process temperature', 'temp', 'bearing temperature'],
      vibration: ['vib', 'vibration rms'],
      oil: ['oil pressure', 'pressure'],
      failure: ['machine failure', 'breakdown', 'failed', 'fault'],
    },
  },
  {
    world: 'birth-weight',
    name: 'Perinatal',
    story: 'Gestation and weight between the mother and the child: never choose rows by weight.',
    without: ['case_review'],
    aliases: {
      ses: ['socioeconomic status', 'deprivation', 'income'],
      mother_age: ['maternal age', 'age of mother', 'mage'],
      smoker: ['smoking', 'maternal smoking', 'tobacco'],
      defect: ['congenital anomaly', 'malformation', 'birth defect'],
      gestation: ['gestational age', 'weeks', 'gest weeks'],
      weight: ['birth weight', 'birthweight', 'bwt'],
      death: ['infant death', 'mortality', 'died', 'neonatal death'],
    },
  },
  {
    world: 'hiring',
    name: 'Hiring',
    story: 'Stages of an application, with talent unrecorded and what is protected marked as such.',
    without: ['onboarded'],
    aliases: {
      gender: ['sex'],
      ethnicity: ['ethnic origin', 'race', 'minority'],
      education: ['degree', 'education level'],
      career_gap: ['employment gap', 'gap'],
      experience: ['years of experience', 'work experience'],
      referral: ['referred', 'employee referral'],
      test: ['test score', 'assessment'],
      cv_score: ['resume score', 'cv rating', 'screening score'],
      shortlisted: ['shortlist', 'screened in'],
      interview: ['interview score', 'interview rating'],
      hired: ['hire', 'offer', 'accepted'],
    },
  },
];

/** The templates that come with the program: maps, rules and settings of the demo worlds, with other names for their columns. */
export const shippedTemplates = (): readonly Template[] =>
  shipped.map(({ world: id, name, story, without, aliases }) => {
    const world = worldById(id);
    const map = mapOf(world);
    const isKept = (column: string) => !without.includes(column);
    const kinds = new Map<string, ColumnKind>(world.nodes.map(({ spec }) => [spec.name, spec.kind]));
    const template = templateOf(
      {
        ...emptyProject,
        name,
        target: { column: world.target, rareLevels: [] },
        exposure: world.exposure,
        map: {
          ...map,
          nodes: map.nodes.filter((node) => isKept(node.name)),
          edges: map.edges.filter(({ from, to }) => isKept(from) && isKept(to)),
        },
        rules: world.rules.filter((rule) => ruleColumns(rule).every(isKept)),
      },
      kinds,
      ruleColumns,
    );
    return {
      ...template,
      story,
      columns: template.columns.map((column) => ({ ...column, aliases: aliases[column.name] ?? [] })),
    };
  });
