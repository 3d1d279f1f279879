import { expect, type Locator, type Page, test } from '@playwright/test';
import { Studio } from './studio';

/** No pointer in this file: all of it by keys, and a ring must show where they go. */

interface Focused {
  readonly name: string;
  readonly hasRing: boolean;
}

/** What has the focus, and whether a person sees it: an outline or a shadow that its unfocused state lacks. */
const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return { name: 'nothing', hasRing: true };
    const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30)}`;
    const ringOf = (one: Element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    // An arrow on the canvas takes the colour of the ring and a halo.
    if (element instanceof SVGGElement) return { name, hasRing: true };
    // A drawing may show the focus on its parts, a slider on its thumb.
    return { name, hasRing: ringOf(element) || [...element.querySelectorAll('*')].some(ringOf) };
  });

/** Tabs on (or back) until the control has the focus; every stop on the way has a ring. */
async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 120): Promise<void> {
  const isThere = () => control.evaluate((element) => element === document.activeElement).catch(() => false);
  await expect(control).toBeAttached();
  for (let stops = 0; stops < most && !(await isThere()); stops++) {
    await page.keyboard.press(key);
    const { name, hasRing } = await focused(page);
    expect(hasRing, `a focus ring on ${name}`).toBe(true);
  }
  expect(await isThere(), `${control} is reached by ${key}`).toBe(true);
}

/** Presses the control by keys alone. */
async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

/** To the next of a group: the focus moves a moment after the key, and as for a person the next key waits for the ring. */
async function arrowTo(page: Page, key: 'ArrowLeft' | 'ArrowRight', control: Locator): Promise<void> {
  await page.keyboard.press(key);
  await expect(control).toBeFocused();
}

/** From the first control of the page: keys have to get everywhere from there. */
const fromTheTop = (page: Page) =>
  page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });

async function goTo(page: Page, stage: string): Promise<void> {
  await fromTheTop(page);
  const button = page
    .getByRole('navigation', { name: 'Stages' })
    .getByRole('button', { name: new RegExp(`^${stage}`) });
  await press(page, button);
  await expect(button).toHaveAttribute('aria-current', 'page');
}

const csv = `patient,age,ward,outcome\n${Array.from(
  { length: 120 },
  (_, i) => `P${1000 + i},${30 + ((i * 7) % 50)},${(i % 3) + 1},${i % 11 === 4 ? 'died' : 'lived'}`,
).join('\n')}\n`;

test('data by keys: open a file, mend a kind, confirm the outcome, look at the rows', async ({ page }) => {
  await page.goto('./');
  const open = page.getByRole('button', { name: /^(Open a table|Choose a file|Open a file)/ }).first();
  const chooser = page.waitForEvent('filechooser');
  await press(page, open);
  await (await chooser).setFiles({ name: 'ward.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByText('ward.csv').first()).toBeVisible();

  // Through the kinds by keys: each is read in, the control keeps the focus, and the reason follows.
  const kind = page.getByRole('combobox', { name: /^Kind of ward/ });
  await tabTo(page, kind);
  for (let i = 0; i < 12 && (await kind.inputValue()) !== 'count'; i++) await page.keyboard.press('ArrowUp');
  await expect(kind).toBeFocused();
  await expect(page.getByText('You said so: count.')).toBeVisible();

  // Details open as a dialogue that keeps the focus, and gives it back.
  const details = page.getByRole('button', { name: 'age: details' });
  await fromTheTop(page);
  await press(page, details);
  await expect(page.getByRole('dialog')).toBeVisible();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(details).toBeFocused();

  // The outcome: another value counts as rare, and back.
  await fromTheTop(page);
  const died = page.getByRole('checkbox', { name: /^died/ });
  await expect(died).toBeChecked();
  await press(page, page.getByRole('checkbox', { name: /^lived/ }), 'Space');
  await page.keyboard.press('Space');
  await expect(died).toBeChecked();

  // The rows, scrolled by keys.
  await tabTo(page, page.getByRole('tab', { name: /^Columns/ }));
  await page.keyboard.press('ArrowRight');
  const rows = page.getByRole('tab', { name: /^Rows/ });
  await expect(rows).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel', { name: /^Rows/ }).getByText('P1000')).toBeVisible();
});

test('diagnose by keys: every view, a pair chosen and shown on the map', async ({ page }) => {
  await page.goto('./');
  await press(page, page.getByRole('button', { name: /^Demo: Rare disease\./ }));
  await expect(new Studio(page).node('severity')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Diagnose');
  await expect(page.getByRole('table', { name: 'Columns by class' })).toBeVisible({ timeout: 60_000 });
  await tabTo(page, page.getByRole('radio', { name: 'Columns', exact: true }));
  const view = (name: string) => page.getByRole('radio', { name, exact: true });
  const views = ['Columns', 'Pairs', 'Interactions', 'Time', 'Cases', 'Overlap'];
  for (const name of views.slice(1)) {
    await arrowTo(page, 'ArrowRight', view(name));
    await page.keyboard.press('Enter');
    await expect(view(name)).toHaveAttribute('aria-checked', 'true');
  }
  for (const name of views.slice(1, -1).reverse()) await arrowTo(page, 'ArrowLeft', view(name));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('img', { name: /^Associations of \d+ columns/ }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await press(page, page.getByRole('button', { name: 'Show on the map' }));
  await expect(page.getByRole('navigation', { name: 'Stages' }).getByRole('button', { name: /^Map/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
});

test('generate by keys: turn the dial, choose columns, run beside another, and go back to a run', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('./');
  await press(page, page.getByRole('button', { name: /^Demo: Rare disease\./ }));
  await expect(new Studio(page).node('severity')).toBeVisible({ timeout: 30_000 });
  await goTo(page, 'Generate');
  const main = page.getByRole('main');
  const run = main.getByRole('button', { name: /^(Generate rows|Run again)$/ }).first();
  await expect(run).toBeEnabled({ timeout: 90_000 });

  await tabTo(page, main.getByRole('radio', { name: 'To parity' }));
  for (const name of ['To a share', 'A number']) await arrowTo(page, 'ArrowRight', main.getByRole('radio', { name }));
  await page.keyboard.press('Enter');
  await tabTo(
    page,
    main
      .getByRole('spinbutton', { name: 'Rows' })
      .or(main.getByLabel('Rows', { exact: true }))
      .first(),
  );
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('400');
  await press(page, main.getByRole('switch', { name: 'Let the data choose the step' }), 'Space');
  const dial = main.getByRole('slider', { name: 'Trust in the map (step)' });
  await tabTo(page, dial);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');

  await press(page, main.getByText(/^Columns drawn anew/));
  const age = main.getByRole('checkbox', { name: 'age', exact: true });
  await press(page, age, 'Space');
  await expect(age).not.toBeChecked();
  await tabTo(page, main.getByLabel('Beside it, on the same seed'));
  await page.keyboard.type('Anch');
  await page.keyboard.press('Enter');

  await fromTheTop(page);
  await press(page, run);
  await expect(main.getByRole('columnheader', { name: 'Anchored rows' }).first()).toBeVisible({ timeout: 90_000 });

  await fromTheTop(page);
  await press(page, age, 'Space');
  const restore = main.getByRole('button', { name: /^Restore/ }).first();
  await press(page, restore);
  await expect(age).not.toBeChecked();
});
