import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { fixAll } from "../core/fix";
import { mark, readInputs, writeAtomically } from "./files";
import { oneOf, parse, targetOf, UsageError } from "./options";
import type { ExitCode, Terminal } from "./run";

/** `fix`: applies the safe fixes, or shows them as a unified diff. */
export function fix(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, { "dry-run": { type: "boolean" }, kind: { type: "string" } });
  const kind = values.kind === undefined ? undefined : oneOf("kind", values.kind, ["dockerfile", "compose"]);
  const target = targetOf(values);
  if (paths.length === 0) throw new UsageError("fix needs at least one PATH.");

  const { files, snapshot, failed } = readInputs(paths, kind, terminal);
  let ok = !failed;
  // A fix in one file can settle what another file's fix would do, so later files see the earlier ones fixed.
  const fixed = new Map<string, string>();
  const current = { ...snapshot, read: (uri: string) => fixed.get(uri) ?? snapshot.read(uri) };
  for (const file of files) {
    const { text, applied } = fixAll({ ...file, snapshot: current, settings: { rules: {}, target } });
    if (text === file.text) continue;
    fixed.set(file.uri, text);
    if (values["dry-run"]) {
      const start = file.bom ? mark : "";
      terminal.out(
        createTwoFilesPatch(file.name, file.name, start + file.text, start + text, "", "", {
          context: 3,
          headerOptions: FILE_HEADERS_ONLY,
        }),
      );
      continue;
    }
    const why = writeAtomically(file, text);
    if (why) {
      terminal.err(`${file.name}: not written: ${why}\n`);
      ok = false;
    } else {
      terminal.out(`${file.name}: ${applied} ${applied === 1 ? "fix" : "fixes"} applied\n`);
    }
  }
  return ok ? 0 : 2;
}
