import type { WorkCommand } from "../../container/source";
import { programOf } from "../../image/programs";
import type { ContainerSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { editFix } from "../queries/fixes";
import { displayCall, needsManager } from "../queries/systemctl";
import { containerRule } from "../rule";

export const devcontainerCommand = containerRule({
  id: "devcontainer-command",
  title: "Wait for the boot to finish in dev container commands",
  severity: "information",
  why: `
    The Dev Containers tools run \`onCreateCommand\`, \`postCreateCommand\`, \`postStartCommand\` and the like as soon as
    the container runs. They do not wait until systemd has booted, so services might not be up yet, and \`systemctl\`
    itself fails until systemd accepts connections.

    Wait in the first of these commands: \`until systemctl is-system-running | grep -Eq 'running|degraded'; do sleep 1;
    done\`. To start a service at each boot, enable it in the image instead.

    The commands run without a login, as with \`docker exec\`, so \`systemctl --user\` does not find the user's systemd.
    Enable lingering for the user (create the file /var/lib/systemd/linger/USER in the image), and set
    \`XDG_RUNTIME_DIR\` to /run/user/UID in \`remoteEnv\`.
  `,
  consequence:
    'The command fails with "Failed to connect to bus", and the setup of the dev container stops there.',
  symptoms: ["hindered"],
  ignore:
    "If the command is allowed to fail, or something else in the container waits for the boot, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, Dev Containers CLI 0.89: the first command ran while the system was still " +
      "starting in 2 of 3 boots, and systemctl --user failed in all 3 (No medium found). " +
      "With docker exec right after docker run, systemctl start failed in 5 of 5 boots with systemd 252 " +
      "(Failed to connect to bus: No such file or directory), and in none of 5 with systemd 262.",
  },
  sources: ["devcontainers/spec, docs/specs/devcontainerjson-reference.md, Lifecycle scripts"],
  messages: {
    early: "{call} fails if it runs before systemd is ready. Wait for the boot to finish first.",
    session:
      "systemctl --user fails here because there is no user session. Enable lingering for {user}, and set XDG_RUNTIME_DIR in remoteEnv.",
  },
  fixes: {
    wait: "Wait for the boot to finish first",
  },
  *check(subject, say) {
    const { commands = [], variables = [] } = subject.source.worker ?? {};
    for (const { span, precede, text } of commands.slice(0, waitingAt(commands))) {
      const call = systemctlCalls(text).find(isManagerCall);
      if (!call) continue;
      const wait = precede?.(`${untilBooted(/\bsudo\b/.test(text) ? "sudo " : "")}; `);
      yield {
        span,
        message: say("early", { call: displayCall(call) }),
        fixes: [editFix(wait && [wait], say("wait"), false)],
      };
      break;
    }
    if (variables.includes("XDG_RUNTIME_DIR")) return;
    for (const { span, text } of commands) {
      if (/XDG_RUNTIME_DIR|\b(su|runuser)\b/.test(text) || !systemctlCalls(text).some(isUserCall)) continue;
      yield { span, severity: "warning", message: say("session", { user: userOf(subject) }) };
    }
  },
});

/** A loop that ends with the boot. It also goes on while systemctl fails because systemd does not listen yet. */
function untilBooted(sudo: string): string {
  return `until ${sudo}systemctl is-system-running | grep -Eq 'running|degraded'; do sleep 1; done`;
}

/** The position of the first command that waits for the boot. It and those after it are not early. */
function waitingAt(commands: readonly WorkCommand[]): number {
  const at = commands.findIndex(({ text }) => /is-system-running|\b(until|while)\b/.test(text));
  return at === -1 ? commands.length : at;
}

function systemctlCalls(text: string): ShellCommand[] {
  if (!text.includes("systemctl")) return [];
  return readCommands(plainText(text)).filter((command) => programOf(command) === "systemctl");
}

function isUserCall({ words }: ShellCommand): boolean {
  return words.includes("--user") && !words.some((word) => word === "-M" || word?.startsWith("--machine"));
}

function isManagerCall({ words }: ShellCommand): boolean {
  return !words.includes("--user") && words.some((word) => word !== undefined && needsManager.has(word));
}

/** The user as whom the commands run. */
function userOf({ source, image }: ContainerSubject): string {
  return source.worker?.user ?? source.spec.user ?? image?.image.user?.value ?? "root";
}
