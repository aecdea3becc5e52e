import type { EngineFacts, Target } from "../engine";
import type { Severity } from "./rule";

/** The user's settings that affect the findings of a file. */
export interface Settings {
  /** Severity by rule ID; `off` disables the rule. Rules that are not listed keep their default. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly target: Target;
}

export const defaultSettings: Settings = { rules: {}, target: undefined };

const severities = new Set(["off", "hint", "information", "warning", "error"]);

/**
 * Reads settings from untyped JSON (`systemdContainers.*` in an editor). Invalid values are left out, so a typo in
 * one setting never disables the others.
 */
export function readSettings(json: unknown): Settings {
  const root = asRecord(json);
  const rules: Record<string, Severity | "off"> = {};
  for (const [id, value] of Object.entries(asRecord(root.rules))) {
    if (typeof value === "string" && severities.has(value)) rules[id] = value as Severity | "off";
  }
  return { rules, target: readTarget(root.target) };
}

/** Reads a target. Any value other than a record with an engine is the unknown target. */
export function readTarget(json: unknown): Target {
  const { engine, version, cgroupVersion, rootless, usernsRemap, appArmor, seLinux } = asRecord(json);
  if (engine !== "docker" && engine !== "podman") return undefined;
  const flag = (value: unknown) => (typeof value === "boolean" ? value : undefined);
  const facts: EngineFacts = {
    engine,
    version: typeof version === "string" && version !== "" ? version : undefined,
    ...readCgroups(cgroupVersion),
    rootless: flag(rootless),
    usernsRemap: flag(usernsRemap),
    appArmor: flag(appArmor),
    seLinux: flag(seLinux),
  };
  return facts;
}

/** The host's cgroups from the setting's value; `hybrid` means version 1 without the name=systemd hierarchy. */
export function readCgroups(value: unknown): Pick<EngineFacts, "cgroupVersion" | "namedHierarchy"> {
  if (value === "hybrid") return { cgroupVersion: 1, namedHierarchy: false };
  return { cgroupVersion: value === 1 || value === 2 ? value : undefined };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
