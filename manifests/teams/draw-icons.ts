import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Draws color.png and outline.png from the SVGs beside them: `node manifests/teams/draw-icons.ts`, after a change. */
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' });
try {
  for (const [name, size] of Object.entries({ color: 192, outline: 32 })) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const drawing = readFileSync(new URL(`${name}.svg`, import.meta.url), 'utf8');
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
    writeFileSync(new URL(`${name}.png`, import.meta.url), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
