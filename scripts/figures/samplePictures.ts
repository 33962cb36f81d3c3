/** Pictures of the page of samples: the made-up station's sample with fission products as it comes, after an analyst's edits, a gas sample after its, and the detector's control charts. */
import { join } from "node:path";
import type { Browser } from "playwright-core";

export async function samplePictures(browser: Browser, url: string, folder: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const picture = async (name: string) => {
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, name) });
    process.stdout.write(`docs/pictures/${name}\n`);
  };
  await page.goto(`${url}/samples.html`);
  await page.locator("tr", { hasText: "particulate" }).locator(".level-5").click();
  for (const _ of [1, 2]) await page.locator('[data-nuclide="I-131"]').click();
  await picture("samples.png");

  // The peak of I-131 fitted over channels of the analyst's choice, and that of Cs-137 taken out.
  await page.fill("input[name=analyst]", "Ana");
  const dragFromTo = async (from: readonly [x: number, y: number], to: readonly [x: number, y: number]) => {
    const box = (await page.locator("canvas.spectrum").boundingBox())!;
    const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(5, 5);
  };
  await page
    .locator(".peaks tr", { hasText: /^661\./ })
    .locator("td")
    .first()
    .click();
  await page.fill("input[name=why]", "to see the level without it");
  await page.getByRole("button", { name: "remove", exact: true }).click();
  await dragFromTo([0.52, 0.3], [0.52, 0.3]);
  await page.locator(".edits li").nth(0).waitFor();
  await page
    .locator(".peaks tr", { hasText: /^364\./ })
    .locator("td")
    .first()
    .click();
  await page.getByRole("button", { name: "region", exact: true }).click();
  await dragFromTo([0.42, 0.3], [0.64, 0.3]);
  await page.locator(".edits li").nth(1).waitFor();
  await page.getByRole("button", { name: "look", exact: true }).click();
  await picture("sample-edits.png");

  await page.locator("[data-sample-key*='SAMPLEPHD.SIM01']").first().click();
  await page.locator("select[name=region]").waitFor();
  await page.selectOption("select[name=region]", "3");
  await page.fill("input[name=why]", "counts of the next channel belong to the line");
  await dragFromTo([0.28, 0.6], [0.42, 0.6]);
  await page.locator(".edits li").nth(0).waitFor();
  await picture("sample-gas.png");

  await page.goto(`${url}/quality.html#charts/SIM02`);
  await page.locator("circle.alarm").first().waitFor();
  await picture("quality.png");
  await page.close();
}
