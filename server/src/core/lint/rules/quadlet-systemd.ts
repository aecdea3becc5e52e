import { distance } from "fastest-levenshtein";
import type { HostService, RefusedSetting } from "../../container/source";
import { editFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** How long Podman waits for a container to stop, in seconds. */
const podmanWaits = 10;

/** How many seconds longer than Podman systemd must wait, so that Podman can still remove the container. */
const more = 10;

export const quadletSystemd = containerRule({
  id: "quadlet-systemd",
  title: "Use keys that Quadlet supports",
  severity: "error",
  why: `
    Quadlet, Podman's generator, creates a service from each \`*.container\` file. It rejects a file that contains an
    unknown key in \`[Container]\`, or an unsupported \`Type=\` or \`KillMode=\` in \`[Service]\`. It then generates
    no service, and only the host's journal shows the reason. \`Restart=\` and \`TimeoutStopSec=\` belong in
    \`[Service]\`. Podman options that have no Quadlet key, such as \`--systemd=always\`, belong in \`PodmanArgs=\`.

    To stop the service, systemd on the host runs \`podman rm -f\`. This command sends the stop signal to the
    container and waits up to \`StopTimeout=\` seconds (10 by default). If the command is still running after
    \`TimeoutStopSec=\` (90 seconds by default), systemd kills the command and sends SIGTERM to the processes of the
    service. After another \`TimeoutStopSec=\` period, it kills all of these processes, including those of the
    container.

    With \`Notify=true\`, the service counts as started only when the container has booted: systemd in the container
    sends a readiness message, which Podman passes on to systemd on the host.
  `,
  consequence: "The container does not start, or systemd on the host kills it before it has stopped cleanly.",
  symptoms: ["not-started", "killed-on-stop"],
  ignore: "If a newer version of Podman supports the key, you can disable this rule.",
  evidence: {
    sourced:
      "podman 5.8 and 6, pkg/systemd/quadlet/quadlet.go; podman-systemd.unit(5); systemd.service(5), TimeoutStopSec=",
    why: "our tests run Podman's generator, which rejects these files; they never start the generated services.",
  },
  messages: {
    key: "Quadlet does not support {key} in [{section}], so it generates no service and the container does not start.",
    value:
      "Quadlet does not support {setting} in [{section}], so it generates no service and the container does not start.",
    limit:
      "systemd kills the stop command after {limit} s, but Podman gives the container {grace} s to stop.",
  },
  fixes: {
    instead: "Use {what} instead",
    rename: "Rename the key to {name}",
    remove: "Remove {setting}",
    longer: "Set {what}",
  },
  *check({ source }, say) {
    const { service, spec } = source;
    if (!service) return;
    for (const each of service.refused) {
      const { key, section, setting, span, instead, rename, drop } = each;
      const name = nearestKey(service, each);
      yield {
        span,
        message: drop ? say("value", { setting, section }) : say("key", { key, section }),
        fixes: [
          editFix(instead?.edits, say("instead", { what: instead?.what ?? "" }), instead?.safe === true),
          name && rename ? editFix([rename(name)], say("rename", { name }), false) : undefined,
          editFix(drop, say("remove", { setting }), true),
        ],
      };
    }
    const { stopGrace: grace = podmanWaits } = spec;
    const { stopLimit: limit } = service;
    if (!limit || limit.seconds >= grace) return;
    const wanted = grace + more;
    yield {
      span: limit.span ?? placeOf(source, { key: "stopGrace" }),
      severity: "information",
      message: say("limit", { limit: String(limit.seconds), grace: String(grace) }),
      fixes: [
        editFix(service.setStopLimit(wanted), say("longer", { what: `TimeoutStopSec=${wanted}` }), false),
      ],
    };
  },
});

/** The known key that a misspelled key was probably meant to be. */
function nearestKey({ keys }: HostService, { key }: RefusedSetting): string | undefined {
  const written = key.toLowerCase();
  const errors = (known: string) => distance(written, known.toLowerCase());
  const [nearest] = [...keys].sort((a, b) => errors(a) - errors(b));
  return nearest !== undefined && errors(nearest) <= Math.min(2, key.length / 3) ? nearest : undefined;
}
