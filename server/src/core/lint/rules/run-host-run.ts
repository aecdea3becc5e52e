import { applySteps, type SpecChange } from "../../container/spec";
import { canonicalPath, lockPath, runPath } from "../../systemd/paths";
import { stepsFix } from "../queries/fixes";
import { lacking, unprivileged } from "../queries/lacking";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** Directories of the host's running system. Mounting a single socket from them is intentional. */
const stateOfHost = new Set([runPath, lockPath, `${runPath}/systemd`, `${runPath}/dbus`, `${runPath}/udev`]);

export const runHostRun = containerRule({
  id: "run-host-run",
  title: "Do not bind-mount the host's /run",
  severity: "warning",
  pods: true,
  why: `
    A running system keeps its state in \`/run\`. If the host's \`/run\` is mounted into the container, two systems
    write to the same directory: systemd in the container takes over sockets and PID files of the host's services, and
    programs in the container connect to the host's systemd, D-Bus or udev.
  `,
  consequence:
    "systemd boots with the host's state. Services on both sides conflict over sockets, and after the container halts, /run/nologin blocks logins on the host.",
  symptoms: ["login-refused", "host-access"],
  ignore:
    "If the container needs the host's systemd or D-Bus and is designed to share them, you can disable this rule.",
  evidence: {
    measured:
      "Docker 28.5, cgroup v2, systemd 252, on a lab host where nothing else uses /run: systemd boots with the " +
      "host's sockets (systemd, dbus), and after the container halts, its /run/nologin is on the host.",
  },
  messages: {
    found: "The host's {path} is mounted, so systemd in the container uses the host's sockets and PID files.",
  },
  fixes: {
    tmpfs: "Replace the bind mount of {path} with a tmpfs",
    remove: "Remove the bind mount of {path}",
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
