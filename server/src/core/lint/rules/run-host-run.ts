import { applySteps, type SpecChange } from "../../container/spec";
import { canonicalPath, lockPath, runPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { lacking, unprivileged } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** Directories of the host's running system. Single sockets below them are handed in for a purpose. */
const stateOfHost = new Set([runPath, lockPath, `${runPath}/systemd`, `${runPath}/dbus`, `${runPath}/udev`]);

export const runHostRun = containerRule({
  id: "run-host-run",
  title: "Keep the host's /run out",
  severity: "warning",
  why: `
    \`/run\` is where a running system keeps its state. With the host's bound in, two systems write to one
    place: systemd in the container takes over sockets and PID files of the host's services, and programs in
    the container talk to the host's systemd, D-Bus or udev.
  `,
  consequence:
    "It boots on the host's state: services of both meddle with one another's sockets, and when it halts /run/nologin keeps users from logging in to the host.",
  symptoms: ["login-refused", "host-access"],
  ignore:
    "The container is there to speak with the host's own systemd or D-Bus, and knows that it shares them.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, in a lab whose /run nothing else uses: it boots, its sockets (systemd, dbus) " +
      "are the host's, and once it has halted the host has its /run/nologin.",
  },
  messages: {
    found: "{path} of the host is bound in: systemd in the container takes the host's state for its own.",
  },
  fixes: {
    tmpfs: "Mount a tmpfs instead of {path}",
    remove: "Remove the bind of {path}",
  },
  *check(subject, say) {
    const { source } = subject;
    for (const mount of source.spec.mounts) {
      const path = canonicalPath(mount.source ?? "");
      const inside = `${canonicalPath(mount.target)}/`.startsWith(`${runPath}/`);
      if (mount.type !== "bind" || !stateOfHost.has(path) || !inside) continue;
      const drop: SpecChange = { do: "drop", key: "mounts", value: mount };
      const tmpfs = lacking(
        subject,
        ["tmpfs-run", "tmpfs-run-lock"],
        applySteps(unprivileged(source.spec), [drop]),
      );
      const title = say(tmpfs.length > 0 ? "tmpfs" : "remove", { path });
      yield {
        span: placeOf(source, { key: "mounts", item: mount }),
        message: say("found", { path }),
        fixes: [stepsFix(source, [drop, ...tmpfs], title, false)],
      };
    }
  },
});
