import { distance } from "fastest-levenshtein";
import type { HostService, RefusedSetting } from "../../container/source";
import { editFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** How long Podman waits for a container to stop, in seconds. */
const podmanWaits = 10;

/** How much longer systemd has to wait than Podman, which then removes the container. */
const more = 10;

export const quadletSystemd = containerRule({
  id: "quadlet-systemd",
  title: "Let Quadlet make a service of the file",
  severity: "error",
  why: `
    Podman's generator makes a service of a \`*.container\` file. It refuses a file with a key that it does not know in
    \`[Container]\`, or with another \`Type=\` or \`KillMode=\` in \`[Service]\` than it can use. There is no service then, and
    only the journal of the host contains the reason. \`Restart=\` and \`TimeoutStopSec=\` belong in \`[Service]\`; what has no
    key, as \`--systemd=always\`, belongs in \`PodmanArgs=\`.

    To stop the service, systemd runs \`podman rm -f\`, which sends the stop signal and waits \`StopTimeout=\` seconds, 10 by
    default. systemd waits \`TimeoutStopSec=\`, 90 seconds by default. Then it ends that command and sends SIGTERM, and
    after the same time again it kills all processes of the service, with those of the container.

    With \`Notify=true\` the service is started when systemd in the container has booted. It sends the message that Podman
    passes on.
  `,
  consequence: "The container is not started, or systemd on the host ends its stop early.",
  symptoms: ["not-started", "killed-on-stop"],
  ignore: "If a later Podman knows the key, you can disable this rule.",
  evidence: {
    sourced:
      "podman 5.8 and 6, pkg/systemd/quadlet/quadlet.go; podman-systemd.unit(5); systemd.service(5), TimeoutStopSec=",
    why: "the lab runs Podman's generator, which refuses these files, but no systemd that starts its services.",
  },
  messages: {
    key: "Quadlet does not know {key} in [{section}], so it makes no service and the container is not started.",
    value:
      "Quadlet does not accept {setting} in [{section}], so it makes no service and the container is not started.",
    limit:
      "systemd ends the stop of the service after {limit} s, before the {grace} s are over that Podman gives the container.",
  },
  fixes: {
    instead: "Write {what} instead",
    rename: "Rename it to {name}",
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

/** The key that is meant by one with a typing error. */
function nearestKey({ keys }: HostService, { key }: RefusedSetting): string | undefined {
  const written = key.toLowerCase();
  const errors = (known: string) => distance(written, known.toLowerCase());
  const [nearest] = [...keys].sort((a, b) => errors(a) - errors(b));
  return nearest !== undefined && errors(nearest) <= Math.min(2, key.length / 3) ? nearest : undefined;
}
