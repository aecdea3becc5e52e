import { type Browser, chromium } from "playwright-core";
import type { Found } from "./code";
import { messageOf, whichOrInstall } from "./system";

/** Names under which Chromium and Chrome are installed. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A headless Chromium of this computer, installed by apt-get where that is possible. */
export async function openBrowser(): Promise<Found<Browser>> {
  try {
    const executablePath = await whichOrInstall(names, "chromium");
    const args = [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ];
    return { value: await chromium.launch({ executablePath, args, headless: true, timeout: 120_000 }) };
  } catch (error) {
    return { reason: `no browser: ${messageOf(error)}` };
  }
}
