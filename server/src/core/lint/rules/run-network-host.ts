import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

export const runNetworkHost = containerRule({
  id: "run-network-host",
  title: "Avoid host networking",
  severity: "information",
  why: `
    With host networking, the container's services use the host's ports: its sshd conflicts with the host's on port
    22. Network services (systemd-networkd, NetworkManager, a firewall) modify the host's interfaces and rules. A
    separate container network with published ports avoids both.
  `,
  consequence:
    "The container boots, but its services can conflict with ports in use on the host, or change the host's network.",
  symptoms: ["hindered", "host-access"],
  ignore:
    "If the container manages the host's network, or if its services use the host's ports on purpose, you can disable this rule.",
  evidence: {
    sourced: "Docker documentation, host network driver",
    why: "conflicts depend on the services that run on the host.",
  },
  messages: {
    found:
      "With host networking, services share the host's ports (sshd on 22), and networkd or a firewall can modify the host's interfaces.",
  },
  *check({ source }, say) {
    if (source.spec.network !== "host") return;
    yield { span: placeOf(source, { key: "network" }), message: say("found") };
  },
});
