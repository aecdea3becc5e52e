import { message } from "../../base/message";
import type { SpecChange } from "../../container/spec";
import { podmanDetects } from "../../plan/adapt";
import { isPlan } from "../../plan/plan";
import { podmanArguments } from "../../plan/render/arguments";
import { displayCommand, planOn } from "../../plan/render/command";
import type { ContainerSubject, ImageSubject } from "../../project/subject";
import { scriptFile } from "../queries/entry-file";
import { editFix, stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { lastProgram, programSpan } from "../queries/program";
import { recognizedProgram } from "../queries/recognized-program";
import { placeOf } from "../queries/run-file";
import { containerRule, type Fix, type SayOf } from "../rule";

const messages = {
  unknown:
    "Podman does not recognize {program} as systemd, so it prepares neither the cgroup tree nor /run: PID 1 exits with code 255.",
  image:
    "Podman does not recognize {program} as systemd, so PID 1 exits with code 255. Run the image with --systemd=always{or}.",
  other:
    "Podman does not recognize {program} as systemd, so under Podman, PID 1 exits with code 255. Run the image with --systemd=always{or}.",
  off: "{what} disables Podman's systemd mode, so the cgroup tree and /run are not prepared: PID 1 exits with code 255.",
} as const;

const fixes = {
  path: "Start {path}, which Podman recognizes",
  program: "Make the image start {words}, which Podman recognizes",
  comment: "Add the podman run command as a comment",
  fix: "Add {what}",
} as const;

type Say = SayOf<typeof messages & typeof fixes>;

export const runPodmanSystemd = containerRule({
  id: "run-podman-systemd",
  title: "Make Podman enable systemd mode",
  severity: "error",
  why: `
    Podman prepares a container for systemd automatically: it provides a writable cgroup tree, mounts a tmpfs on
    \`/run\`, \`/run/lock\` and \`/tmp\`, and sets the stop signal. It does so if the command is an init that it
    recognizes: \`/sbin/init\`, \`/usr/sbin/init\`, \`/usr/local/sbin/init\`, or any program named \`systemd\`. It does not
    recognize \`init\` without a path, or an entrypoint script that eventually starts init. Podman before 4.1 also does not
    look inside the shell form's \`/bin/sh -c\`.
  `,
  consequence:
    "Podman does not prepare the container, and PID 1 exits with code 255, as with Docker's defaults.",
  symptoms: ["exit-255"],
  ignore:
    "If a tool that this rule cannot detect prepares the container, or a wrapper passes `--systemd=always` to Podman, you can disable this rule.",
  evidence: {
    measured:
      "Podman 5.8, cgroup v2, systemd 252: with the command init, the container exits with code 255. With /sbin/init it boots without flags.",
  },
  sources: ["podman, pkg/specgen/generate/container_create.go (2.2 to 6)"],
  messages,
  fixes,
  *check(subject, say) {
    const { source, target, boot } = subject;
    if (target?.engine !== "podman") return;
    const always: SpecChange = { do: "set", key: "systemd", value: "always" };
    const fix = stepsFix(source, [always], say("fix", { what: source.toDisplay(always) }), true);
    if (source.spec.systemd === "false") {
      const what = source.toDisplay({ do: "set", key: "systemd", value: "false" });
      yield { span: placeOf(source, { key: "systemd" }), message: say("off", { what }), fixes: [fix] };
      return;
    }
    if (lacking(subject, ["cgroup-writable"]).length === 0) return;
    const { command } = source.spec;
    const words = command?.words ?? [];
    const path = "/sbin/init";
    const named: SpecChange = { do: "set", key: "command", value: { words: [path, ...words.slice(1)] } };
    yield {
      span: placeOf(source, { key: command ? "command" : "entrypoint" }),
      message: say("unknown", { program: (boot.executes ?? boot.argv)[0] ?? "" }),
      fixes: [
        fix,
        words[0] === "init" ? stepsFix(source, [named], say("path", { path }), false) : undefined,
        command || source.spec.entrypoint ? undefined : programFix(subject.image, say),
      ],
    };
  },
  *checkImage(subject, say) {
    const { image, boot, containers, target } = subject;
    // Containers of the workspace are checked separately.
    if (boot.boots === "no" || boot.evidence === "base" || containers.length > 0) return;
    const argv = boot.executes ?? boot.argv;
    if (argv.length === 0 || podmanDetects(argv, target ?? { engine: "podman" })) return;
    // Nothing to report if a comment in the file already shows the command.
    const comments = image.text.split("\n").filter((line) => line.trimStart().startsWith("#"));
    if (comments.some((line) => line.includes("podman") && line.includes("--systemd=always"))) return;
    if (target ? target.engine === "docker" : isForDocker(subject)) return;
    const program = lastProgram(image);
    // The rule for the shell form also reports this and names both solutions.
    if (boot.throughShell && !boot.script) return;
    const isShell = program?.form === "shell" && !boot.script;
    const or = isShell ? message("run-podman-systemd.or", ", or use the exec form") : "";
    yield {
      span: programSpan({ boot, image }),
      severity: "warning",
      message: say(target ? "image" : "other", { program: argv[0] ?? "", or }),
      fixes: [commentFix(subject, say), programFix(subject, say)],
    };
  },
});

function commentFix({ image, plan }: ImageSubject, say: Say): Fix | undefined {
  const podman = isPlan(plan) ? planOn(plan, "podman") : undefined;
  if (!podman) return undefined;
  const command = displayCommand(podmanArguments(podman.spec, "IMAGE"));
  return editFix(image.edit.insert(`# ${command}`, "before-program"), say("comment"), false);
}

/** Starts the same program in a form that Podman recognizes. */
function programFix(built: ImageSubject | ContainerSubject["image"], say: Say): Fix | undefined {
  if (!built?.uri) return undefined;
  const { image, boot, uri } = built;
  const text = boot.script && scriptFile({ ...built, uri }, boot.script)?.text;
  const found = recognizedProgram(image, boot, text);
  if (!found) return undefined;
  const { keyword, words, link } = found;
  const edits = [
    ...(link === undefined ? [] : image.edit.insert(link, "before-program")),
    ...image.edit.setProgram(keyword, words),
  ].map((edit) => ({ ...edit, uri }));
  return { title: say("program", { words: words[0] ?? "" }), safe: false, edits };
}

/** Whether the image sets `container=docker`, or the files next to its Dockerfile mention Docker but not Podman. */
function isForDocker({ image, boot, readBeside }: ImageSubject): boolean {
  const container = boot.script?.container ?? image.env.get("container")?.value;
  const texts = ["README.md", "Makefile"].map((name) => readBeside(name) ?? "");
  const mentions = (engine: RegExp) => texts.some((text) => engine.test(text));
  return container === "docker" || (mentions(/\bdocker[ -](run|compose|build)\b/) && !mentions(/podman/i));
}
