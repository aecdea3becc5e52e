import { listed, type Message, message } from "../../base/message";
import type { ImageEditor } from "../../image/image";
import type { UnitFile } from "../../image/unit-files";
import type { FileEdit, Fix } from "../rule";
import type { EnvironmentUse } from "./unit-environment";

/** Where a unit is edited: in the Dockerfile that writes it, or in the file that is copied. */
export interface UnitPlace {
  /** The Dockerfile and its content; undefined if the Dockerfile is inline in another file. */
  readonly dockerfile?: { readonly uri: string; readonly text: string };
  fileUri(path: string): string | undefined;
}

/** Adds `PassEnvironment=` to a unit; undefined if the unit cannot be edited. */
export function passFix({ dockerfile, fileUri }: UnitPlace, use: EnvironmentUse): Fix | undefined {
  const { file, unit, name } = use;
  const place = placeOf(file, dockerfile, fileUri);
  const section = /^[ \t]*\[Service\][ \t]*$/m.exec(file.text.replace(/\r/g, " "));
  if (!place || !section) return undefined;
  const at = place.start + section.index + section[0].trimEnd().length;
  const edit: FileEdit = { uri: place.uri, span: { start: at, end: at }, text: `\nPassEnvironment=${name}` };
  return { title: passTitle(name, unit), safe: false, edits: [edit] };
}

function passTitle(name: string, unit: string): Message {
  return message("fix.environment.pass", "Add PassEnvironment={name} to {unit}", { name, unit });
}

function placeOf(
  { source, span, text }: UnitFile,
  dockerfile: UnitPlace["dockerfile"],
  fileUri: UnitPlace["fileUri"],
): { uri: string; start: number } | undefined {
  if (span) {
    if (!dockerfile || dockerfile.text.slice(span.start, span.end) !== text) return undefined;
    return { uri: dockerfile.uri, start: span.start };
  }
  const uri = source === undefined ? undefined : fileUri(source);
  return uri === undefined ? undefined : { uri, start: 0 };
}

/** Names of variables whose values must not be in a file of the image. */
const secret = /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i;

/**
 * Sets a value for all units, if it is known at build time and contains no characters that a shell or systemd
 * interprets.
 */
export function defaultFix(
  { edit, uri }: { readonly edit: ImageEditor; readonly uri: string | undefined },
  name: string,
  value: string | undefined,
): Fix | undefined {
  if (uri === undefined || value === undefined || !/^[\w.:/@,+-]+$/.test(value) || secret.test(name))
    return undefined;
  const directory = "/etc/systemd/system.conf.d";
  const run = `RUN mkdir -p ${directory} && printf '[Manager]\\nDefaultEnvironment=${name}=${value}\\n' > ${directory}/${name}.conf`;
  const edits = edit.insert(run, "before-program").map((one) => ({ ...one, uri }));
  const title = message("fix.environment.default", "Set {name} for all units (DefaultEnvironment=)", {
    name,
  });
  return edits.length > 0 ? { title, safe: false, edits } : undefined;
}

const generators = "/etc/systemd/system-environment-generators";

/**
 * Passes the container's values to all units and conditions through an environment generator, which systemd runs
 * before it starts units (systemd.environment-generator(7), since version 233). Undefined if PassEnvironment= in one
 * unit is enough.
 */
export function generatorFix(
  { edit, uri }: { readonly edit: ImageEditor; readonly uri: string | undefined },
  uses: readonly Pick<EnvironmentUse, "name" | "condition">[],
  systemdVersion: number | undefined,
): Fix | undefined {
  const names = [...new Set(uses.map(({ name }) => name))].filter((name) => !secret.test(name));
  const passes = names.length < 2 && !uses.some(({ condition }) => condition);
  if (uri === undefined || names.length === 0 || passes || (systemdVersion ?? 233) < 233) return undefined;
  const line = `tr "\\0" "\\n" < /proc/1/environ | grep -E "^(${names.join("|")})=" || :`;
  const file = `${generators}/50-container`;
  const run = `RUN mkdir -p ${generators} && printf '%s\\n' '#!/bin/sh' '${line}' > ${file} && chmod 755 ${file}`;
  const edits = edit.insert(run, "before-program").map((one) => ({ ...one, uri }));
  const title = message("fix.environment.generator", "Pass {names} to all units (environment generator)", {
    names: listed(names),
  });
  return edits.length > 0 ? { title, safe: false, edits } : undefined;
}
