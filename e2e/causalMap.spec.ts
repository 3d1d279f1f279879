import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { Studio } from './studio';

/** Pastes text as the browser does for Ctrl+V, without the system's clipboard. */
const paste = (page: Page, text: string) =>
  page.evaluate((content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', content);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

const example = `dag {
  income [pos="0,0"]
  night [pos="0,1.2"]
  "new device" [exposure,pos="1,0.6"]
  calls [pos="2,0"]
  fraud [outcome,pos="2,1.2"]
  ring [latent,pos="1,2"]
  income -> "new device"
  income -> fraud
  night -> fraud
  "new device" -> calls
  "new device" -> fraud
  fraud -> calls
  ring -> night
  ring -> fraud
}`;

test('a pasted DAGitty map: a wrong tag repaired, an adjustment set applied, every format and a picture saved', async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await page.getByRole('button', { name: 'Map as text: import, export' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'Paste in' }).click();
  await dialog.getByLabel('Map text to import').fill('dag {\n  a -> b\n  b => c\n}');
  await expect(dialog.getByText(/^Line 3, column 6:/)).toBeVisible();
  await dialog.getByLabel('Map text to import').fill(example);
  await expect(dialog.getByText(/6 nodes, 8 arrows, read as DAGitty\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Replace the map' }).click();
  await expect(studio.node('new device')).toBeVisible();

  // A tag against the arrows: the sentence and the edit that makes it true.
  await studio.node('calls').click();
  await page.getByLabel('Your tag').selectOption('confounder');
  await expect(page.getByText(/You tagged calls as a confounder, but your arrows make it/).first()).toBeVisible();
  const ways = page.getByRole('region', { name: 'Make the tag true' });
  await expect(ways.getByRole('button').first()).toBeVisible();
  await page.getByLabel('Your tag').selectOption('mediator');
  await ways.getByRole('button').first().click();
  await expect(page.getByText(/but your arrows make it/)).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByLabel('Your tag').selectOption('collider');
  await expect(page.getByText(/but your arrows make it/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });

  const panel = page.getByRole('region', { name: 'Effect of new device on fraud' });
  await panel
    .getByRole('list', { name: /^Enough/ })
    .getByRole('button', { name: 'income', exact: true })
    .click();
  await expect(panel.getByText('Holding income fixed is enough.')).toBeVisible();
  await expect(studio.node('income').getByRole('img', { name: 'Held fixed' })).toBeVisible();
  await expect(page.locator('.react-flow__edge[aria-label*="carries the effect"]')).toHaveCount(1);
  await expect(page.locator('.react-flow__edge[aria-label*="biases the effect"]')).toHaveCount(0);
  await panel.getByText('Formula and other ways').click();
  await expect(panel.getByText(/P\(fraud \| do\("new device"\)\) = sum over income of/)).toBeVisible();

  await page.getByRole('button', { name: 'Map as text: import, export' }).click();
  await dialog.getByRole('tab', { name: 'Copy out' }).click();
  const formats = await dialog.getByLabel('Format').locator('option').allTextContents();
  expect(formats.length).toBe(12);
  for (const label of formats) {
    await dialog.getByLabel('Format').selectOption({ label });
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save as a file' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    for (const name of ['income', 'calls', 'night']) expect(text, label).toContain(name);
  }
  await dialog.getByRole('tab', { name: 'Picture' }).click();
  await dialog.getByText('Show the paths of the effect').click();
  for (const kind of ['SVG', 'PNG']) {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: `Save ${kind}` }).click();
    const bytes = await readFile(await (await download).path());
    if (kind === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else expect(bytes.toString()).toMatch(/^<svg [\s\S]*>new device<[\s\S]*<\/svg>\s*$/);
  }
});

test('the map by keyboard alone: added, joined, tagged, turned, asked about, undone', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  const { keyboard } = page;
  await studio.node('dose').focus();
  await keyboard.press('Enter');
  await keyboard.press('2');
  await expect(page.getByText(/You tagged dose as a mediator/).first()).toBeVisible();
  await keyboard.press('2');
  await expect(page.getByText(/You tagged dose as a mediator/)).toHaveCount(0);
  await keyboard.press('n');
  await expect(studio.node('U1')).toBeVisible();
  await studio.node('U1').focus();
  await keyboard.press('F2');
  await keyboard.type('frailty');
  await keyboard.press('Enter');
  await expect(studio.node('frailty')).toBeVisible();
  await studio.node('frailty').focus();
  await keyboard.press('a');
  await keyboard.type('severity');
  await keyboard.press('Enter');
  await expect(page.locator('.react-flow__edge[aria-label^="frailty causes severity"]')).toHaveCount(1);
  await studio.node('frailty').focus();
  await keyboard.press('Enter');
  await keyboard.press('Control+d');
  await expect(page.locator('.react-flow__edge[aria-label^="frailty 2 causes severity"]')).toHaveCount(1);
  await page.locator('.react-flow__edge[aria-label^="frailty 2 causes severity"]').focus();
  await keyboard.press('Enter');
  await keyboard.press('r');
  await expect(page.locator('.react-flow__edge[aria-label^="severity causes frailty 2"]')).toHaveCount(1);
  // A changed arrow is a new one on the page: the focus follows it.
  await expect(page.locator('.react-flow__edge[aria-label^="severity causes frailty 2"]')).toBeFocused();
  await keyboard.press('b');
  await expect(page.locator('.react-flow__edge[aria-label^="severity and frailty 2 share"]')).toHaveCount(1);
  await expect(page.locator('.react-flow__edge[aria-label^="severity and frailty 2"]')).toBeFocused();
  await keyboard.press('Delete');
  await expect(page.locator('.react-flow__edge[aria-label^="severity and frailty 2"]')).toHaveCount(0);
  await studio.node('severity').focus();
  await keyboard.press('Enter');
  await keyboard.press('h');
  await expect(studio.node('severity').getByRole('img', { name: 'Held fixed' })).toBeVisible();
  for (let step = 0; step < 4; step++) await keyboard.press('Control+z');
  await expect(page.locator('.react-flow__edge[aria-label^="frailty causes severity"]')).toHaveCount(1);
  await studio.expectAccessible('map with a latent node');
});

test('maps copied and pasted, an arrow carried to another card, a comment written and taken back', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await studio.node('age').focus();
  await paste(page, 'stress ~ age\nf =~ stress + smoker');
  await expect(studio.node('stress')).toBeVisible();
  await expect(studio.node('f')).toBeVisible();
  await expect(page.locator('.react-flow__edge[aria-label^="age causes stress"]')).toHaveCount(1);
  await studio.node('age').focus();
  await paste(page, 'no map at all');
  await expect(page.getByText(/The clipboard holds no map\./).first()).toBeVisible();

  const edge = page.locator('.react-flow__edge[aria-label^="age causes stress"]');
  await edge.focus();
  await page.keyboard.press('Enter');
  const end = edge.locator('.arrow-end').last();
  const from = (await end.boundingBox())!;
  const to = (await studio.node('gene').boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 6 });
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge[aria-label^="age causes gene"]')).toHaveCount(1);
  await expect(edge).toHaveCount(0);

  await studio.node('age').focus();
  await page.keyboard.press('c');
  const comment = page.getByRole('textbox', { name: 'Comment' });
  await expect(comment).toBeFocused();
  await page.keyboard.type('Measured at admission');
  await expect(comment).toHaveValue('Measured at admission');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Measured at admission');
});

test('the map against the data: chance, hints, repairs, another map, and words for a paper', async ({ page }) => {
  const studio = new Studio(page);
  await studio.openDemo();
  await page.getByRole('tab', { name: 'Claims' }).click();
  await expect(page.getByText(/data agree/).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Compare with chance' }).click();
  await expect(page.getByText('Better than chance')).toBeVisible({ timeout: 60_000 });

  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByRole('button', { name: 'Keep this map to compare with' }).click();
  // A true arrow taken away: the data refute what the map then claims, and the repair brings it back.
  await page.locator('.react-flow__edge[aria-label^="severity causes crp"]').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page.getByRole('row', { name: /crp, severity nothing →|crp, severity nothing ←/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Claims' }).click();
  await expect(page.getByText(/data disagree/).first()).toBeVisible({ timeout: 60_000 });
  await page.getByText('Edits that would take this claim back').first().click({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Draw severity → crp' }).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Hints' }).click();
  await page.getByRole('button', { name: 'Ask the data' }).click();
  await expect(page.getByRole('button', { name: 'Ask the data again' })).toBeVisible({ timeout: 100_000 });
  await expect(page.getByText(/data would allow, \d+ %/).first()).toBeVisible();
  await page
    .getByRole('button', { name: /^Draw (severity → crp|crp → severity)$/ })
    .first()
    .click();
  await expect(page.locator('.react-flow__edge[aria-label*="crp"][aria-label*="severity"]')).not.toHaveCount(0);

  await page.getByRole('tab', { name: 'Text' }).click();
  await expect(page.getByText(/^We assume the causal diagram of 12 recorded variables with 22 arrows/)).toBeVisible();
  await studio.expectAccessible('map panels');
});
