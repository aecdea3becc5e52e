import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { notices } from "../client/english";
import { isSkipped, startEngine } from "../lab";
import { openBrowser } from "./browser";
import { openEditor } from "./editor";
import { paletteCommand } from "./manifest";
import { packageExtension } from "./package";
import { built, root, vsix } from "./paths";
import { like } from "./texts";
import type { Workbench } from "./workbench";

// `npm run pictures`: makes the icon, and the pictures of the README with the packaged extension, a real editor and a real engine.

const images = join(root, "docs", "images");
const icons = join(root, "client", "images");
const file = "broken/Dockerfile";

/** Milliseconds for a build that installs packages. */
const buildTime = 600_000;

await drawIcon();
await mkdir(built, { recursive: true });
await packageExtension(vsix);
const engine = await startEngine("docker@28/v2");
if (isSkipped(engine)) throw new Error(engine.skipped);
try {
  await engine.ensureImage("debian:11");
  await takePictures(engine.socket.includes("://") ? engine.socket : `unix://${engine.socket}`);
} finally {
  await engine.stop();
}

/** The icon in the only form that a marketplace takes. */
async function drawIcon(): Promise<void> {
  const { value: browser, reason } = await openBrowser();
  if (!browser) throw new Error(reason);
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  await page.goto(pathToFileURL(join(icons, "icon.svg")).href);
  await page.screenshot({ path: join(icons, "icon.png"), omitBackground: true });
  await browser.close();
}

/** Takes a picture of the window with 64 colors: every user downloads it with the extension. */
async function takePicture({ picture }: Pick<Workbench, "picture">, name: string): Promise<void> {
  const path = join(images, name);
  await picture(path);
  const colors = { palette: true, colors: 64, dither: 0, effort: 10, compressionLevel: 9 };
  await writeFile(
    path,
    await sharp(await readFile(path))
      .png(colors)
      .toBuffer(),
  );
}

/** The quick fix of the first warning, then the fixed image as it runs. */
async function takePictures(address: string): Promise<void> {
  const { workbench, close } = await openEditor({ engine: address });
  try {
    await workbench.resize(1000, 420);
    await workbench.openFile(file);
    await workbench.clickOn(await workbench.waitForSquiggle("warning"));
    await workbench.openLightbulb();
    await takePicture(workbench, "quick-fix.png");
    await workbench.openFile(file);
    await workbench.fixAll();
    await workbench.save(file);
    await workbench.runCommand(paletteCommand("buildAndBoot"));
    await workbench.waitForNotification(like(notices.booted("broken-systemd", "#")), buildTime);
    await takePicture(workbench, "running.png");
  } finally {
    await close();
  }
}
