import type { SpecChange } from "../../container/spec";
import { podmanDetects } from "../../plan/adapt";
import type { ImageSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { lacking } from "../queries/lacking";
import { lastProgram, programSpan } from "../queries/program";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

const messages = {
  unknown:
    "Podman does not recognise {program} as systemd, so it prepares neither the cgroup tree nor /run: PID 1 exits 255.",
  image:
    "Podman does not recognise {program} as systemd, so PID 1 exits 255. Run it with --systemd=always{or}.",
  other:
    "Under Podman {program} is not recognised as systemd, so PID 1 exits 255. Run it there with --systemd=always{or}.",
  off: "With {what} Podman prepares neither the cgroup tree nor /run for systemd: PID 1 exits 255.",
} as const;

const fixes = {
  path: "Start {path}, which Podman recognises",
  fix: "Add {what}",
} as const;

export const runPodmanSystemd = containerRule({
  id: "run-podman-systemd",
  title: "Let Podman know that systemd boots",
  severity: "error",
  why: `
    Podman prepares a container for systemd by itself: a writable cgroup tree, tmpfs on \`/run\`, \`/run/lock\`
    and \`/tmp\`, the stop signal. It does so when the command is an init that it knows: \`/sbin/init\`,
    \`/usr/sbin/init\`, \`/usr/local/sbin/init\`, or any program named \`systemd\`. An entry script that starts
    init at its end is not recognised, nor is \`init\` without its path. Podman before 4.1 does not look behind the
    \`/bin/sh -c\` of the shell form either.
  `,
  consequence: "Podman prepares nothing, and PID 1 exits 255 as it would with Docker's defaults.",
  symptoms: ["exit-255"],
  ignore:
    "Something that is not seen here prepares the container, or a wrapper hands `--systemd=always` to Podman.",
  evidence: {
    measured:
      "Podman 5.8, cgroup v2, systemd 252: started by init it exits 255, by /sbin/init it runs without any flag.",
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
      fixes: [fix, words[0] === "init" ? stepsFix(source, [named], say("path", { path }), false) : undefined],
    };
  },
  *checkImage(subject, say) {
    const { image, boot, containers, target } = subject;
    // A run of the workspace is judged itself.
    if (boot.boots === "no" || boot.evidence === "base" || containers.length > 0) return;
    const argv = boot.executes ?? boot.argv;
    if (argv.length === 0 || podmanDetects(argv, target ?? { engine: "podman" })) return;
    if (target ? target.engine === "docker" : isForDocker(subject)) return;
    const program = lastProgram(image);
    // The rule on the shell form says so too, and names both ways out.
    if (boot.throughShell && !boot.script) return;
    const or = program?.form === "shell" && !boot.script ? ", or use the exec form" : "";
    yield {
      span: programSpan({ boot, image }),
      severity: "warning",
      message: say(target ? "image" : "other", { program: argv[0] ?? "", or }),
    };
  },
});

/** An image that says so to systemd, or beside which a text speaks of Docker alone. */
function isForDocker({ image, boot, readBeside }: ImageSubject): boolean {
  const container = boot.script?.container ?? image.env.get("container")?.value;
  const texts = ["README.md", "Makefile"].map((name) => readBeside(name) ?? "");
  const speaksOf = (engine: RegExp) => texts.some((text) => engine.test(text));
  return container === "docker" || (speaksOf(/\bdocker[ -](run|compose|build)\b/) && !speaksOf(/podman/i));
}
