import { dockerArguments } from "../../plan/render/arguments";
import { displayCommand } from "../../plan/render/command";
import { builtComposeFile } from "../queries/compose-file";
import { onPodman } from "../queries/engine";
import { editFix } from "../queries/fixes";
import { programSpan } from "../queries/program";
import { plannedImageRule } from "../rule";

export const imageRunFlags = plannedImageRule({
  id: "image-run-flags",
  title: "Say how the image must be started",
  severity: "information",
  why: `
    systemd needs things that only the start of a container can give it, and no instruction of a Dockerfile
    can: a cgroup tree it may write to, and file systems at /run and, for Debian and Ubuntu, /run/lock.
    Nothing in this workspace starts the image, so whoever does will have to know.
  `,
  consequence: "Started without these flags PID 1 exits 255.",
  symptoms: ["exit-255"],
  ignore:
    "The image is started by something that this workspace does not show: an orchestrator, a test tool, another repository.",
  evidence: {
    measured:
      "Docker 20.10, 26.1 and 28.5, cgroup v1 and v2, systemd 252, 257 and 262: with -t alone PID 1 exits 255, systemd 247 freezes.",
  },
  messages: {
    found: "Nothing here says how to start this image, and a Dockerfile cannot: {command}",
  },
  fixes: {
    compose: "Create a compose file that starts it",
    comment: "Write the run command into a comment",
  },
  *check(subject, say) {
    const { image, plan, containers, target, uri } = subject;
    if (onPodman(subject) || containers.length > 0) return;
    // What only a host with cgroup v1 can start has no command that others could copy.
    if (plan.facts.cgroupVersion === 1 && target?.cgroupVersion === undefined) return;
    // A comment that shows the command is a way to say it too.
    if (/^\uFEFF?[ \t]*#.*\b(docker|podman|nerdctl)\s+(container\s+)?run\b/m.test(image.text)) return;
    const command = displayCommand(dockerArguments(plan.spec, "IMAGE"));
    const compose = `${uri.slice(0, uri.lastIndexOf("/") + 1)}compose.yaml`;
    const isDefault = uri.endsWith("/Dockerfile");
    const free = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].every(
      (name) => subject.readFile(name) === undefined,
    );
    yield {
      span: programSpan(subject),
      message: say("found", { command }),
      fixes: [
        isDefault && free
          ? {
              title: say("compose"),
              safe: false,
              steps: plan.requirements.flatMap(({ steps }) => steps),
              edits: [
                {
                  uri: compose,
                  create: true,
                  span: { start: 0, end: 0 },
                  text: builtComposeFile(plan.spec),
                },
              ],
            }
          : undefined,
        editFix(image.edit.insert(`# ${command}`, "before-program"), say("comment"), false),
      ],
    };
  },
});
