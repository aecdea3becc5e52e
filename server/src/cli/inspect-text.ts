import { visible } from "../core/base/visible";
import type { SeenImage } from "../core/image/seen-image";
import { inspectTexts as texts } from "./boot-texts";
import type { InspectedReference, InspectResult } from "./inspect-result";

/** The contents of images as readable text, one paragraph for each image. */
export function inspectText({ engine = "", images }: InspectResult): string {
  if (images.length === 0) return `${texts.namesNone}\n`;
  return images.map((each) => `${paragraph(each, engine)}\n`).join("");
}

function paragraph({ reference, image }: InspectedReference, engine: string): string {
  if (!image) return visible(`${reference}: ${texts.notThere(engine)}`);
  const head = `${reference} (${image.id})`;
  const rows = rowsOf(image).filter(([, value]) => value !== "");
  return [head, ...rows.map(([name, value]) => `    ${name}: ${value}`)].map(visible).join("\n");
}

/** The rows as names and values. Rows with an empty value are not shown. */
function rowsOf(image: SeenImage): readonly (readonly [name: string, value: string])[] {
  const { systemd, systemctl, programs, machineId, policy } = image;
  const init = programs["/sbin/init"];
  const listOf = (words: readonly string[]) => words.join(", ");
  const argv = (words: readonly string[]) =>
    words.length === 0 ? "" : `[${words.map((word) => `"${word}"`).join(",")}]`;
  return [
    ["platform", image.platform],
    ["distribution", image.releaseName ?? listOf(image.distribution)],
    ["systemd", systemd === undefined ? texts.none : String(systemd)],
    ["/sbin/init", init ?? texts.absent],
    ["ENTRYPOINT", argv(image.entrypoint)],
    ["CMD", argv(image.command)],
    ["USER", image.user ?? ""],
    ["STOPSIGNAL", image.stopSignal ?? ""],
    ["VOLUME", listOf(image.volumes)],
    // Only the names, since values can be secrets.
    ["ENV", listOf(Object.keys(image.environment))],
    ["default target", image.defaultTarget ?? ""],
    ["enabled units", listOf(image.enabled)],
    ["masked units", listOf(image.masked)],
    ["/etc/machine-id", machineId],
    ["policy-rc.d", policy ? texts.present : ""],
    ["systemctl", systemctl ? `${systemctl.path} (${systemctl.kind})` : ""],
  ];
}
